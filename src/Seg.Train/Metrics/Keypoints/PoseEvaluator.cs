using OpenCvSharp;
using Seg.Models;
using Seg.Predict.Pose;
using Seg.Train.Datasets.Keypoints;

namespace Seg.Train.Metrics.Keypoints;

/// <summary>Scores a top-down pose predictor on people in images, while a second thread reads the next images.</summary>
public static class PoseEvaluator
{
    /// <summary>Images that are read while the network works on others.</summary>
    private const int Ahead = 4;

    /// <summary>People of several images that are predicted together, unless one image has more.</summary>
    private const int PeopleAtOnce = 32;

    /// <param name="people">Whom to look for. Faulty files end the scoring, or are left out if the data set was opened so.</param>
    /// <param name="truth">The annotated people of all images; see <see cref="PoseTruth"/>.</param>
    /// <param name="progress">Told how many of all people are done.</param>
    /// <param name="observer">Given each image with its people.</param>
    /// <exception cref="InputException">There is nobody, or the data have other keypoints than the model, or a file of theirs is faulty.</exception>
    public static PoseScores Evaluate(
        PosePredictor predictor, IKeypointDataset people, IReadOnlyList<TruePerson> truth,
        Action<int, int>? progress = null, Action<EvaluatedPeople>? observer = null, CancellationToken cancellation = default)
    {
        Require(predictor.Description.Keypoints, people);
        PoseTally tally = new(people.Keypoints, truth);
        var annotated = truth.ToLookup(person => person.ImageId);
        using ReadAhead<ImageOfPeople> images = new(Read(people), Ahead, cancellation);
        List<ImageOfPeople> batch = [];
        try
        {
            foreach (var image in images.Items())
            {
                batch.Add(image);
                if (batch.Sum(each => each.People.Count) >= PeopleAtOnce)
                    Predict();
            }
            Predict();
        }
        finally
        {
            batch.ForEach(image => image.Dispose());
        }
        return tally.Scores();

        void Predict()
        {
            var readable = batch.Where(image => image.Image is not null).ToArray();
            var predicted = predictor.Predict([.. readable.Select(image => new BoxedImage(image.Image!, Boxes(image.People)))]);
            foreach (var (image, persons) in readable.Zip(predicted))
            {
                var found = tally.Add(image.People, persons);
                observer?.Invoke(new(image.Image!, image.People[0].ImagePath, [.. annotated[image.People[0].ImageId]], found));
            }
            foreach (var image in batch.Where(image => image.Image is null))
                tally.LeaveOut(image.People);
            batch.ForEach(image => image.Dispose());
            batch.Clear();
            progress?.Invoke(tally.People, people.Count);
        }
    }

    /// <summary>Each image once, with all its people.</summary>
    private static IEnumerable<ImageOfPeople> Read(IKeypointDataset people)
    {
        for (var first = 0; first < people.Count;)
        {
            List<PersonAnnotation> group = [people.Person(first)];
            while (first + group.Count < people.Count && people.Person(first + group.Count).ImageId == group[0].ImageId)
                group.Add(people.Person(first + group.Count));
            yield return new(people.ReadOrSkip(first)?.Image, group);
            first += group.Count;
        }
    }

    private static ScoredBox[] Boxes(IEnumerable<PersonAnnotation> people) =>
        [.. people.Select(person => new ScoredBox(person.Box, (float)person.Score))];

    private static void Require(KeypointSet model, IKeypointDataset people)
    {
        if (people.Count == 0)
            throw new InputException("The data set has no people to score.");
        if (model.Count != people.Keypoints.Count)
        {
            throw new InputException($"The model knows {model.Count} keypoints ({string.Join(", ", model.Names)}), but the data set has " +
                $"{people.Keypoints.Count}; choose the data that it was trained for.");
        }
    }

    /// <param name="Image">Null where it cannot be read and is to be left out.</param>
    private sealed record ImageOfPeople(Mat? Image, IReadOnlyList<PersonAnnotation> People) : IDisposable
    {
        public void Dispose() => Image?.Dispose();
    }
}

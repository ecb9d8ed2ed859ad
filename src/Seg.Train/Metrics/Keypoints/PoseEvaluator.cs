using OpenCvSharp;
using Seg.Models;
using Seg.Predict.Pose;
using Seg.Train.Datasets.Keypoints;
using Seg.Train.Distributed;

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
    /// <param name="ranks">Among whom the images are shared out: all get the scores of all people. null: this process scores all.</param>
    /// <exception cref="InputException">There is nobody, or the data have other keypoints than the model, or a file of theirs is faulty.</exception>
    public static PoseScores Evaluate(
        PosePredictor predictor, IKeypointDataset people, IReadOnlyList<TruePerson> truth,
        Action<int, int>? progress = null, Action<EvaluatedPeople>? observer = null, CancellationToken cancellation = default, IRanks? ranks = null)
    {
        Require(predictor.Description.Keypoints, people);
        ranks ??= new OneRank();
        List<PredictedPeople> own = [];
        PoseTally tally = new(people.Keypoints, truth);
        var annotated = truth.ToLookup(person => person.ImageId);
        Action<ImageOfPeople, Person[]>? observed = observer is null
            ? null
            : (image, found) => observer(
                new(image.Image!, image.People[0].ImagePath, [.. annotated[image.People[0].ImageId]], tally.WithoutDoubles(found)));
        ranks.RunTogether(() => Predict(predictor, people, own, progress, observed, cancellation, ranks), cancellation);
        // In the data's order, whoever predicted them: scores of several ranks are those of one.
        foreach (var image in ranks.Gather(own).OrderBy(image => image.First))
        {
            var shown = PeopleOfImage(people, image.First);
            if (image.People is null)
                tally.LeaveOut(shown);
            else
                tally.Add(shown, image.People);
        }
        return tally.Scores();
    }

    /// <summary>Predicts this rank's images.</summary>
    private static void Predict(
        PosePredictor predictor, IKeypointDataset people, List<PredictedPeople> results, Action<int, int>? progress,
        Action<ImageOfPeople, Person[]>? observed, CancellationToken cancellation, IRanks ranks)
    {
        using ReadAhead<ImageOfPeople> images = new(Read(people, ranks), Ahead, cancellation);
        List<ImageOfPeople> batch = [];
        var done = 0;
        try
        {
            foreach (var image in images.Items())
            {
                batch.Add(image);
                if (batch.Sum(each => each.People.Count) >= PeopleAtOnce)
                    PredictBatch();
            }
            PredictBatch();
        }
        finally
        {
            batch.ForEach(image => image.Dispose());
        }

        void PredictBatch()
        {
            var readable = batch.Where(image => image.Image is not null).ToArray();
            var predicted = predictor.Predict([.. readable.Select(image => new BoxedImage(image.Image!, Boxes(image.People)))]);
            foreach (var (image, found) in readable.Zip(predicted))
            {
                results.Add(new PredictedPeople(image.First, [.. found]));
                observed?.Invoke(image, [.. found]);
            }
            results.AddRange(batch.Where(image => image.Image is null).Select(image => new PredictedPeople(image.First, null)));
            done += batch.Sum(image => image.People.Count);
            batch.ForEach(image => image.Dispose());
            batch.Clear();
            // The others are as far, more or less.
            progress?.Invoke(Math.Min(done * ranks.Size, people.Count), people.Count);
        }
    }

    /// <summary>Each image once, with all its people; this rank's alone.</summary>
    private static IEnumerable<ImageOfPeople> Read(IKeypointDataset people, IRanks ranks)
    {
        for (int first = 0, image = 0; first < people.Count; image++)
        {
            var group = PeopleOfImage(people, first);
            if (image % ranks.Size == ranks.Rank)
                yield return new(first, people.ReadOrSkip(first)?.Image, group);
            first += group.Count;
        }
    }

    /// <summary>Those who follow the first of an image in the data.</summary>
    private static List<PersonAnnotation> PeopleOfImage(IKeypointDataset people, int first)
    {
        List<PersonAnnotation> group = [people.Person(first)];
        while (first + group.Count < people.Count && people.Person(first + group.Count).ImageId == group[0].ImageId)
            group.Add(people.Person(first + group.Count));
        return group;
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

    /// <param name="First">The first of its people in the data.</param>
    /// <param name="People">One for one; null where the image could not be read.</param>
    private sealed record PredictedPeople(int First, Person[]? People);

    /// <param name="First">The first of its people in the data.</param>
    /// <param name="Image">Null where it cannot be read and is to be left out.</param>
    private sealed record ImageOfPeople(int First, Mat? Image, IReadOnlyList<PersonAnnotation> People) : IDisposable
    {
        public void Dispose() => Image?.Dispose();
    }
}

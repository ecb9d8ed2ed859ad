using Seg.Models;
using Seg.Predict.Pose;
using Seg.Train.Datasets.Keypoints;
using Seg.Train.Distributed;

namespace Seg.Train.Metrics.Keypoints;

/// <summary>Scores a network that finds everybody in whole images, while a second thread reads the next images.</summary>
internal static class SceneEvaluator
{
    /// <summary>Images that are read while the network works on another one.</summary>
    private const int Ahead = 4;

    /// <param name="scenes">Faulty files end the scoring, or are left out if the data set was opened so.</param>
    /// <param name="truth">The annotated people of all images; see <see cref="PoseTruth"/>.</param>
    /// <param name="progress">Told how many of all images are done.</param>
    /// <param name="observer">Given each image with its people.</param>
    /// <param name="ranks">Among whom the images are shared out: all get the scores of all. null: this process scores all.</param>
    /// <exception cref="InputException">There are no images, or the data have other keypoints than the model, or a file of theirs is faulty.</exception>
    public static PoseScores Evaluate(
        IPoseEstimator estimator, SceneDataset scenes, IReadOnlyList<TruePerson> truth, Action<int, int>? progress = null,
        Action<EvaluatedPeople>? observer = null, CancellationToken cancellation = default, IRanks? ranks = null)
    {
        var keypoints = estimator.Description.Keypoints;
        if (scenes.Count == 0)
            throw new InputException("The data set has no images to score.");
        if (keypoints.Count != scenes.Keypoints.Count)
            throw new InputException($"The model knows {keypoints.Count} keypoints, but the data set has {scenes.Keypoints.Count}; choose the data that it was trained for.");
        ranks ??= new OneRank();
        List<EstimatedScene> own = [];
        var annotated = truth.ToLookup(person => person.ImageId);
        Action<SceneSample, IReadOnlyList<Person>>? observed = observer is null
            ? null
            : (sample, found) => observer(new(sample.Image, sample.Scene.ImagePath, [.. annotated[sample.Scene.ImageId]], found));
        ranks.RunTogether(() => Estimate(estimator, scenes, own, progress, observed, cancellation, ranks), cancellation);
        // In the data's order, whoever found them: scores of several ranks are those of one.
        var all = ranks.Gather(own).OrderBy(scene => scene.Index).ToArray();
        var seen = all.Select(scene => scene.ImageId).ToHashSet();
        DetectedPerson[] detections =
            [.. all.SelectMany(scene => scene.People.Select(person => DetectedPerson.Of(person, scene.ImageId, truth[0].CategoryId)))];
        return new PoseScores
        {
            Keypoints = keypoints,
            Images = seen.Count,
            People = detections.Length,
            Oks = CocoKeypointEvaluator.Evaluate([.. truth.Where(person => seen.Contains(person.ImageId))], detections, keypoints.Sigmas),
        };
    }

    /// <summary>Looks at this rank's images.</summary>
    private static void Estimate(
        IPoseEstimator estimator, SceneDataset scenes, List<EstimatedScene> results, Action<int, int>? progress,
        Action<SceneSample, IReadOnlyList<Person>>? observed, CancellationToken cancellation, IRanks ranks)
    {
        using ReadAhead<ReadScene> images = new(Read(scenes, ranks), Ahead, cancellation);
        var done = 0;
        foreach (var image in images.Items())
        {
            using (image)
            {
                if (image.Sample is { } sample)
                {
                    var found = estimator.Estimate([sample.Image])[0];
                    results.Add(new EstimatedScene(image.Index, sample.Scene.ImageId, [.. found]));
                    observed?.Invoke(sample, found);
                }
            }
            // The others are as far, more or less.
            progress?.Invoke(Math.Min(++done * ranks.Size, scenes.Count), scenes.Count);
        }
    }

    private static IEnumerable<ReadScene> Read(SceneDataset scenes, IRanks ranks)
    {
        for (var index = ranks.Rank; index < scenes.Count; index += ranks.Size)
            yield return new ReadScene(index, scenes.ReadOrSkip(index));
    }

    private sealed record EstimatedScene(int Index, long ImageId, Person[] People);

    /// <param name="Sample">Null where the image cannot be read and is to be left out.</param>
    private sealed record ReadScene(int Index, SceneSample? Sample) : IDisposable
    {
        public void Dispose() => Sample?.Dispose();
    }
}

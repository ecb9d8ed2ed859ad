using Seg.Models;
using Seg.Predict.Pose;
using Seg.Train.Datasets.Keypoints;

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
    /// <exception cref="InputException">There are no images, or the data have other keypoints than the model, or a file of theirs is faulty.</exception>
    public static PoseScores Evaluate(
        IPoseEstimator estimator, SceneDataset scenes, IReadOnlyList<TruePerson> truth, Action<int, int>? progress = null,
        Action<EvaluatedPeople>? observer = null, CancellationToken cancellation = default)
    {
        var keypoints = estimator.Description.Keypoints;
        if (scenes.Count == 0)
            throw new InputException("The data set has no images to score.");
        if (keypoints.Count != scenes.Keypoints.Count)
            throw new InputException($"The model knows {keypoints.Count} keypoints, but the data set has {scenes.Keypoints.Count}; choose the data that it was trained for.");
        List<DetectedPerson> detections = [];
        HashSet<long> seen = [];
        var annotated = truth.ToLookup(person => person.ImageId);
        using ReadAhead<ReadScene> images = new(Read(scenes), Ahead, cancellation);
        var done = 0;
        foreach (var image in images.Items())
        {
            using (image)
            {
                if (image.Sample is { } sample)
                {
                    seen.Add(sample.Scene.ImageId);
                    var found = estimator.Estimate([sample.Image])[0];
                    detections.AddRange(found.Select(person => DetectedPerson.Of(person, sample.Scene.ImageId, truth[0].CategoryId)));
                    observer?.Invoke(new(sample.Image, sample.Scene.ImagePath, [.. annotated[sample.Scene.ImageId]], found));
                }
            }
            progress?.Invoke(++done, scenes.Count);
        }
        return new PoseScores
        {
            Keypoints = keypoints,
            Images = seen.Count,
            People = detections.Count,
            Oks = CocoKeypointEvaluator.Evaluate([.. truth.Where(person => seen.Contains(person.ImageId))], detections, keypoints.Sigmas),
        };
    }

    private static IEnumerable<ReadScene> Read(SceneDataset scenes)
    {
        for (var index = 0; index < scenes.Count; index++)
            yield return new ReadScene(scenes.ReadOrSkip(index));
    }

    /// <param name="Sample">Null where the image cannot be read and is to be left out.</param>
    private sealed record ReadScene(SceneSample? Sample) : IDisposable
    {
        public void Dispose() => Sample?.Dispose();
    }
}

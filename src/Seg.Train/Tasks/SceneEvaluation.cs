using OpenCvSharp;
using Seg.Models;
using Seg.Predict.Drawing;
using Seg.Predict.Pose;
using Seg.Train.Datasets.Keypoints;
using Seg.Train.Distributed;
using Seg.Train.Metrics;
using Seg.Train.Metrics.Keypoints;
using Seg.Train.Runs;

namespace Seg.Train.Tasks;

/// <summary>A bottom-up pose network, to be scored on whole images.</summary>
/// <param name="estimator">Becomes this one's.</param>
/// <param name="scenes">Where to look; the caller's.</param>
/// <param name="truth">Who is there.</param>
internal sealed class SceneEvaluation(IPoseEstimator estimator, SceneDataset scenes, IReadOnlyList<TruePerson> truth) : IPoseEvaluation
{
    public KeypointSet Keypoints => estimator.Description.Keypoints;

    public Action<EvaluatedPeople>? Observer { get; set; }

    /// <summary>Among whom the data are shared out; all get the scores of all.</summary>
    public IRanks Ranks { get; init; } = new OneRank();

    public IScores Run(Action<int, int>? progress = null, CancellationToken cancellation = default) =>
        SceneEvaluator.Evaluate(estimator, scenes, truth, progress, Observer, cancellation, Ranks);

    public void WritePreviews(string folder, int count, Action<string, (int Width, int Height)> written) =>
        PosePreviews.Write(folder, scenes.Keypoints, scenes.Count, count, Compare, written);

    public Mat DrawSheet(int count) => PosePreviews.Sheet(scenes.Keypoints, scenes.Count, count, Compare);

    public void Dispose() => estimator.Dispose();

    private (string Name, PoseComparison People) Compare(int index)
    {
        using var sample = scenes.Read(index);
        var name = Path.GetFileNameWithoutExtension(sample.Scene.ImagePath);
        return (name, new(sample.Image.Clone(), [.. sample.Scene.People.Select(Drawn)], estimator.Estimate([sample.Image])[0], name));
    }

    private static Person Drawn(PersonAnnotation person) => new()
    {
        Keypoints = [.. person.Keypoints.Select(keypoint => new Keypoint(keypoint.X, keypoint.Y, keypoint.IsLabelled ? 1 : 0))],
        Box = person.Box,
        Score = 1,
    };
}

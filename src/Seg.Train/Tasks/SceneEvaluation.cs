using Seg.Predict.Pose;
using Seg.Train.Datasets.Keypoints;
using Seg.Train.Metrics;
using Seg.Train.Metrics.Keypoints;
using Seg.Train.Runs;

namespace Seg.Train.Tasks;

/// <summary>A bottom-up pose network, to be scored on whole images.</summary>
/// <param name="estimator">Becomes this one's.</param>
/// <param name="scenes">Where to look; the caller's.</param>
/// <param name="truth">Who is there.</param>
internal sealed class SceneEvaluation(IPoseEstimator estimator, SceneDataset scenes, IReadOnlyList<TruePerson> truth) : IEvaluation
{
    public IScores Run(Action<int, int>? progress = null, CancellationToken cancellation = default) =>
        SceneEvaluator.Evaluate(estimator, scenes, truth, progress, cancellation);

    public void WritePreviews(string folder, int count, Action<string, (int Width, int Height)> written) =>
        PosePreviews.Write(folder, estimator, scenes, count, written);

    public void Dispose() => estimator.Dispose();
}

using Seg.Models;
using Seg.Predict;
using Seg.Predict.Pose;
using Seg.Train.Datasets.Keypoints;
using Seg.Train.Metrics;
using Seg.Train.Metrics.Keypoints;
using Seg.Train.Runs;

namespace Seg.Train.Tasks;

/// <summary>A pose network, to be scored on people in images.</summary>
/// <param name="estimator">Becomes this one's.</param>
/// <param name="people">Whom to look for; the caller's.</param>
/// <param name="truth">Who is there.</param>
internal sealed class PoseEvaluation(IPoseEstimator estimator, IKeypointDataset people, IReadOnlyList<TruePerson> truth) : IEvaluation
{
    /// <summary>A model file's network, and the people of a split.</summary>
    /// <exception cref="InputException">Model or data are missing, faulty, or not for pose.</exception>
    public static PoseEvaluation Open(string model, PoseDataConfig data, string split, PredictorOptions options)
    {
        var people = KeypointDatasetFactory.Create(data, split);
        var truth = PoseTruth.Read(data, split);
        var estimator = PoseEstimatorFactory.Load(model, options with { FlipTest = options.FlipTest || data.FlipTest });
        return new(estimator, people, truth) { DecidesByHeads = data.Format == PoseDataFormat.Mpii };
    }

    /// <inheritdoc cref="PoseScores.DecidesByHeads"/>
    public required bool DecidesByHeads { get; init; }

    public IScores Run(Action<int, int>? progress = null, CancellationToken cancellation = default) =>
        PoseEvaluator.Evaluate(estimator, people, truth, progress, cancellation) with { DecidesByHeads = DecidesByHeads };

    public void WritePreviews(string folder, int count, Action<string, (int Width, int Height)> written) =>
        PosePreviews.Write(folder, estimator, people, truth, count, written);

    public void Dispose() => estimator.Dispose();
}

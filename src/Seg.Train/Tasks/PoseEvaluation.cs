using Seg.Models;
using Seg.Models.Configuration;
using Seg.Models.Weights;
using Seg.Predict;
using Seg.Predict.Pose;
using Seg.Train.Datasets.Keypoints;
using Seg.Train.Metrics;
using Seg.Train.Metrics.Keypoints;
using Seg.Train.Runs;

namespace Seg.Train.Tasks;

/// <summary>A top-down pose network, to be scored on people in images.</summary>
/// <param name="predictor">Becomes this one's.</param>
/// <param name="people">Whom to look for; the caller's.</param>
/// <param name="truth">Who is there.</param>
internal sealed class PoseEvaluation(PosePredictor predictor, IKeypointDataset people, IReadOnlyList<TruePerson> truth) : IEvaluation
{
    /// <summary>A model file's network, and the people of a split.</summary>
    /// <exception cref="InputException">Model or data are missing, faulty, or not for pose.</exception>
    public static IEvaluation Open(string model, PoseDataConfig data, string split, PredictorOptions options)
    {
        var truth = PoseTruth.Read(data, split);
        options = options with { FlipTest = options.FlipTest || data.FlipTest };
        if (ModelFile.ReadDescription(model) is { Model: BottomUpPoseConfig })
        {
            var scenes = KeypointDatasetFactory.CreateScenes(data, split, withPeople: false);
            return new SceneEvaluation(PoseEstimatorFactory.Load(model, options), scenes, truth);
        }
        var people = KeypointDatasetFactory.Create(data, split);
        var predictor = (PosePredictor)PoseEstimatorFactory.Load(model, options);
        return new PoseEvaluation(predictor, people, truth) { DecidesByHeads = data.Format == PoseDataFormat.Mpii };
    }

    /// <inheritdoc cref="PoseScores.DecidesByHeads"/>
    public required bool DecidesByHeads { get; init; }

    public IScores Run(Action<int, int>? progress = null, CancellationToken cancellation = default) =>
        PoseEvaluator.Evaluate(predictor, people, truth, progress, cancellation) with { DecidesByHeads = DecidesByHeads };

    public void WritePreviews(string folder, int count, Action<string, (int Width, int Height)> written) =>
        PosePreviews.Write(folder, predictor, people, truth, count, written);

    public void Dispose() => predictor.Dispose();
}

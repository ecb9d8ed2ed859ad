using Seg.Models;
using Seg.Models.Codecs;
using Seg.Models.Configuration;
using Seg.Models.Networks;
using Seg.Models.Weights;
using Seg.Predict;
using Seg.Predict.Pose;
using Seg.Train.Checks;
using Seg.Train.Datasets.Keypoints;
using Seg.Train.Distributed;
using Seg.Train.Loading;
using Seg.Train.Losses;
using Seg.Train.Metrics;
using Seg.Train.Metrics.Keypoints;
using Seg.Train.Transforms;
using static TorchSharp.torch;

namespace Seg.Train.Tasks;

/// <summary>Everybody's keypoints in whole images, learned from what DEKR's codec encodes and scored by OKS.</summary>
internal sealed class BottomUpTask : TrainingTask
{
    private readonly RunConfig config;
    private readonly PoseDataConfig data;
    private readonly SceneAugmentationConfig augmentation;
    private readonly SceneDataset training, validation;
    private readonly IReadOnlyList<TruePerson> truth;
    private readonly PoseDescription description;
    private readonly DekrCodec codec;

    /// <exception cref="InputException">The data are wrong, or the model is not for them.</exception>
    public BottomUpTask(RunConfig config, PoseDataConfig data, BottomUpPoseConfig model)
    {
        (this.config, this.data, augmentation) = (config, data, data.Scenes ?? new SceneAugmentationConfig());
        if (data.HasDetections)
            throw new InputException("A bottom-up network needs no boxes; leave data.boxes out.");
        try
        {
            training = Keep(KeypointDatasetFactory.CreateScenes(data, "train", withPeople: true));
            RequireClasses(model, training.Keypoints.Count, "keypoints");
            validation = Keep(KeypointDatasetFactory.CreateScenes(data, "val", withPeople: false));
            truth = PoseTruth.Read(data, "val");
        }
        catch
        {
            Dispose();
            throw;
        }
        description = new PoseDescription
        {
            Model = model,
            Keypoints = training.Keypoints,
            Normalization = config.Normalization,
            InputSize = augmentation.Size,
        };
        codec = new DekrCodec(model.Codec, training.Keypoints);
    }

    public override string Items => "images";

    public override int TrainingCount => training.Count;

    public override int ValidationCount => validation.Count;

    public override ScoreKind Score => PoseScores.Ap;

    public override ModelDescription Description => description;

    public override SizeOption Size => new("data.scenes.size", SceneAugmentationConfig.Step);

    public override IEnumerable<string> Files =>
        new[] { training, validation }.SelectMany(scenes => Enumerable.Range(0, scenes.Count).Select(index => scenes[index].ImagePath));

    public override string NameOf(int index) => training[index].ImagePath;

    public override IReadOnlyList<string> Check(CancellationToken cancellation) => StartCheck.Run(config, cancellation);

    public override BatchLoader Load(RankShare share) => new(
        new SceneSource(training, augmentation, config.Normalization, codec), config.Train.BatchSize, config.Train.Seed, config.Train.Workers, share: share);

    public override ITrainingLoss Loss(Network network, Device device, CancellationToken cancellation) =>
        new DekrLoss(config.Train.OutputWeights ?? network.OutputWeights, config.Train.Loss!.Sum(loss => loss.Weight));

    public override IEvaluation Evaluate(Network network, Device device, IRanks ranks)
    {
        PredictorOptions options = new() { Device = device, Precision = config.Train.Precision, FlipTest = data.FlipTest };
        return new SceneEvaluation(new BottomUpPredictor(network, description, options), validation, truth) { Ranks = ranks };
    }

    public override IEnumerable<string> TakeUntold() => new[] { training, validation }.SelectMany(dataset => dataset.TakeUntold());
}

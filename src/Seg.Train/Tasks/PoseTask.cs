using Seg.Models;
using Seg.Models.Codecs;
using Seg.Models.Configuration;
using Seg.Models.Networks;
using Seg.Models.Weights;
using Seg.Predict;
using Seg.Predict.Pose;
using Seg.Train.Checks;
using Seg.Train.Datasets;
using Seg.Train.Datasets.Keypoints;
using Seg.Train.Distributed;
using Seg.Train.Losses;
using Seg.Train.Metrics;
using Seg.Train.Metrics.Keypoints;
using static TorchSharp.torch;

namespace Seg.Train.Tasks;

/// <summary>The keypoints of one person a crop, learned from what a codec encodes and scored by OKS and PCK.</summary>
internal sealed class PoseTask : TrainingTask
{
    private readonly RunConfig config;
    private readonly PoseDataConfig data;
    private readonly IKeypointDataset training, validation;
    private readonly IReadOnlyList<TruePerson> truth;
    private readonly PoseDescription description;
    private readonly KeypointCodec codec;

    /// <exception cref="InputException">The data are wrong, or the model is not for them.</exception>
    public PoseTask(RunConfig config, PoseDataConfig data)
    {
        (this.config, this.data) = (config, data);
        try
        {
            // Training takes the annotations' boxes always.
            training = Open(data with { Boxes = PoseDataConfig.AnnotatedBoxes, LeastBoxScore = 0 }, "train");
            RequireModel(training.Keypoints);
            validation = Open(data, "val");
            truth = PoseTruth.Read(data, "val");
            description = new PoseDescription
            {
                Model = config.Model,
                Keypoints = training.Keypoints,
                Normalization = config.Normalization,
                InputSize = data.TrainingSize,
            };
            codec = description.CreateCodec();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public override string Items => "people";

    public override int TrainingCount => training.Count;

    public override int ValidationCount => validation.Count;

    public override ScoreKind Score => DecidesByHeads ? DistanceScores.PckhKind : PoseScores.Ap;

    public override ModelDescription Description => description;

    /// <summary>MPII is scored by PCKh, all else as COCO is.</summary>
    private bool DecidesByHeads => data.Format == PoseDataFormat.Mpii;

    public override IEnumerable<string> Files =>
        new[] { training, validation }.SelectMany(people => Enumerable.Range(0, people.Count).Select(people.Name));

    public override string NameOf(int index) => training.Name(index);

    public override IReadOnlyList<string> Check(CancellationToken cancellation) => StartCheck.Run(config, cancellation);

    public override BatchLoader Load(RankShare share) => new(
        training, data.Augmentation, config.Normalization, codec, config.Train.BatchSize, config.Train.Seed, config.Train.Workers, share: share);

    /// <exception cref="InputException">The network's output is not what the codec encodes.</exception>
    public override ITrainingLoss Loss(Network network, Device device, CancellationToken cancellation)
    {
        RequireOutput(network, device);
        return new KeypointLoss(network, KeypointLossFactory.Create(config.Train.Loss!, codec), config.Train.OutputWeights);
    }

    public override IEvaluation Evaluate(Network network, Device device, IRanks ranks)
    {
        PredictorOptions options = new()
        {
            Device = device,
            Precision = config.Train.Precision,
            FlipTest = data.FlipTest,
            BatchSize = config.Train.BatchSize,
        };
        return new PoseEvaluation(new PosePredictor(network, description, options), validation, truth) { DecidesByHeads = DecidesByHeads, Ranks = ranks };
    }

    public override IEnumerable<string> TakeUntold() =>
        new[] { training, validation }.OfType<TolerantKeypointDataset>().SelectMany(dataset => dataset.TakeUntold());

    /// <summary>Opens a split; its faulty files are left out if the config says so.</summary>
    private IKeypointDataset Open(PoseDataConfig data, string split)
    {
        var dataset = Keep(KeypointDatasetFactory.Create(data, split));
        return data.FaultyImages == FaultyImagePolicy.Skip ? new TolerantKeypointDataset(dataset) : dataset;
    }

    private void RequireModel(KeypointSet keypoints)
    {
        if (config.Model is not PoseConfig)
            throw new InputException("The data has keypoints, from which networks of model.type: pose learn; the model is of another type.");
        RequireClasses(config.Model, keypoints.Count, "keypoints");
    }

    /// <summary>Predicts an empty crop, so that an output of a shape that the codec does not know is told before the first step.</summary>
    private void RequireOutput(Network network, Device device)
    {
        // Making the predictor's copy of the network draws random numbers.
        using var randomState = get_rng_state();
        try
        {
            using var scope = NewDisposeScope();
            PredictorOptions options = new() { Device = device, Precision = config.Train.Precision };
            using PosePredictor predictor = new(network, description, options);
            predictor.PredictCrops(zeros(1, 3, description.InputSize[0], description.InputSize[1]));
        }
        catch (ArgumentException error)
        {
            throw new InputException(error.Message, error);
        }
        finally
        {
            set_rng_state(randomState);
        }
    }
}

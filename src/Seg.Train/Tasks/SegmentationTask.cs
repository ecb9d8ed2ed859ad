using Seg.Models;
using Seg.Models.Configuration;
using Seg.Models.Networks;
using Seg.Models.Weights;
using Seg.Predict;
using Seg.Train.Checks;
using Seg.Train.Datasets;
using Seg.Train.Distributed;
using Seg.Train.Losses;
using Seg.Train.Metrics;
using static TorchSharp.torch;

namespace Seg.Train.Tasks;

/// <summary>A class for each pixel, learned from masks and scored by the mean IoU.</summary>
internal sealed class SegmentationTask : TrainingTask
{
    private readonly RunConfig config;
    private readonly SegmentationDataConfig data;
    private readonly ISegmentationDataset training, validation;

    /// <exception cref="InputException">The data are wrong, or the model is not for them.</exception>
    public SegmentationTask(RunConfig config, SegmentationDataConfig data)
    {
        (this.config, this.data) = (config, data);
        try
        {
            training = Open("train");
            validation = Open("val");
            RequireModel(training.Labels);
        }
        catch
        {
            Dispose();
            throw;
        }
        Description = new SegmentationDescription
        {
            Model = config.Model,
            Labels = training.Labels,
            Normalization = config.Normalization,
            InputSize = data.Augmentation.CropSize,
        };
    }

    public override string Items => "images";

    public override int TrainingCount => training.Count;

    public override int ValidationCount => validation.Count;

    public override ScoreKind Score => ScoreKind.MeanIoU;

    public override ModelDescription Description { get; }

    public override IEnumerable<string> Files =>
        new[] { training, validation }.SelectMany(images => Enumerable.Range(0, images.Count).Select(images.Name));

    public override string NameOf(int index) => training.Name(index);

    public override IReadOnlyList<string> Check(CancellationToken cancellation) => StartCheck.Run(config, cancellation);

    public override BatchLoader Load(RankShare share) => new(
        training, data.Augmentation, config.Normalization, config.Train.BatchSize, config.Train.Seed, config.Train.Workers, share: share);

    public override ITrainingLoss Loss(Network network, Device device, CancellationToken cancellation) => new SegmentationLoss(
        network, LossFactory.Create(config.Train.Loss!, training, device, cancellation), config.Train.OutputWeights);

    public override IEvaluation Evaluate(Network network, Device device, IRanks ranks)
    {
        var options = new PredictorOptions { Device = device, Precision = config.Train.Precision, InputSize = data.ValidationSize };
        return new SegmentationEvaluation(new SegmentationPredictor(network, Description, options), validation) { Ranks = ranks };
    }

    public override IEnumerable<string> TakeUntold() =>
        new[] { training, validation }.OfType<TolerantDataset>().SelectMany(dataset => dataset.TakeUntold());

    /// <summary>Opens a split; its faulty files are left out if the config says so.</summary>
    private ISegmentationDataset Open(string split)
    {
        var dataset = Keep(DatasetFactory.Create(data, split));
        return data.FaultyImages == FaultyImagePolicy.Skip ? new TolerantDataset(dataset) : dataset;
    }

    private void RequireModel(LabelSet labels)
    {
        if (config.Model is not SegmentationConfig)
            throw new InputException("The data has masks, from which networks of model.type: segmentation learn; the model is of another type.");
        RequireClasses(config.Model, labels.Count, "classes");
    }
}

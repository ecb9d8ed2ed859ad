using Seg.Models;
using Seg.Models.Configuration;
using Seg.Train.Datasets;
using Seg.Train.Datasets.Keypoints;
using Seg.Train.Losses;
using Seg.Train.Transforms;

namespace Seg.Train;

/// <summary>All that decides a training run: the content of a file such as <c>configs/camvid/hrnet_w18s.yaml</c>.</summary>
public sealed record RunConfig : IChecked
{
    /// <summary>The network (<c>model:</c>).</summary>
    public required ModelConfig Model { get; init; }

    /// <summary>Images, what is known of them, and augmentation (<c>data:</c>). Needed to train; a config of a bare network has none.</summary>
    public DataConfig? Data { get; init; }

    /// <summary>Weights that a training starts from (<c>weights:</c>); by default they are drawn.</summary>
    public WeightsConfig? Weights { get; init; }

    /// <summary>How to train (<c>train:</c>); each key has a default.</summary>
    public TrainConfig Train { get; init; } = new();

    /// <summary>How pixels become network input (<c>normalization:</c>); the statistics of ImageNet by default.</summary>
    public Normalization Normalization { get; init; } = Normalization.ImageNet;

    /// <summary>This config with what it leaves to its kind of network filled in: the loss.</summary>
    public RunConfig Resolved() => Train.Loss is null ? this with { Train = Train with { Loss = [LossConfig.UsualOf(Model)] } } : this;

    public IEnumerable<ConfigFault> Faults()
    {
        if (Normalization.Mean.Length != 3 || Normalization.Deviation.Length != 3)
            yield return new(nameof(Normalization), "needs three values each for mean and deviation: of R, G and B");
        else if (!Normalization.Deviation.All(deviation => deviation > 0))
            yield return new(
                nameof(Normalization), $"has the deviation [{string.Join(", ", Normalization.Deviation)}]; each must be above 0");
        foreach (var misfit in (Train.Loss ?? []).Select(loss => loss.Misfit(Model)).OfType<string>())
            yield return new(nameof(Train), $"has a loss that {misfit}");
        foreach (var weights in (Train.Loss ?? []).OfType<PixelLossConfig>().Select(loss => loss.WeightList).OfType<double[]>())
        {
            if (weights.Length == Model.NumClasses)
                continue;
            yield return new(
                nameof(Train),
                $"has a loss.weight_list of {weights.Length} values, but the model has {Model.NumClasses} classes; give one a class");
        }
        if (Data is PoseDataConfig people && MisplacedAugmentation(people) is { } misplaced)
            yield return new(nameof(Data), misplaced);
    }

    /// <summary>Augmentation that is not read with this network. Crops' defaults are let pass: a run's config.yaml has them with any network.</summary>
    private string? MisplacedAugmentation(PoseDataConfig data) => Model switch
    {
        PoseConfig when data.Scenes is not null =>
            "has scenes, which are read with model.type: bottom_up_pose alone; with model.type: pose set augmentation",
        BottomUpPoseConfig when ConfigReader.WriteJson(data.Augmentation) != ConfigReader.WriteJson(new PoseAugmentationConfig()) =>
            "has augmentation, which is read with model.type: pose alone; with model.type: bottom_up_pose set scenes",
        _ => null,
    };
}

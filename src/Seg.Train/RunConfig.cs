using Seg.Models;
using Seg.Models.Configuration;
using Seg.Train.Datasets;

namespace Seg.Train;

/// <summary>All that decides a training run: the content of a file such as <c>configs/camvid/hrnet_w18s.yaml</c>.</summary>
public sealed record RunConfig
{
    /// <summary>The network (<c>model:</c>).</summary>
    public required ModelConfig Model { get; init; }

    /// <summary>Images, masks and augmentation (<c>data:</c>). Needed to train; a config of a bare network has none.</summary>
    public DataConfig? Data { get; init; }

    /// <summary>How to train (<c>train:</c>); each key has a default.</summary>
    public TrainConfig Train { get; init; } = new();

    /// <summary>How pixels become network input (<c>normalization:</c>); the statistics of ImageNet by default.</summary>
    public Normalization Normalization { get; init; } = Normalization.ImageNet;

    /// <summary>Reads a config file and checks every value's range.</summary>
    /// <param name="path">A file, or the name of one in <c>configs/models</c>.</param>
    /// <param name="overrides"><c>section.key=value</c> each, applied after the file and what it extends.</param>
    /// <exception cref="InputException">The file, a key or a value is wrong; the message says which, where and what to do.</exception>
    public static RunConfig Load(string path, IReadOnlyList<string>? overrides = null)
    {
        var config = ConfigReader.Read<RunConfig>(path, overrides);
        config.Validate();
        return config;
    }

    /// <exception cref="InputException">A value is out of its range, or two do not fit together.</exception>
    public void Validate()
    {
        if (Normalization.Mean.Length != 3 || Normalization.Deviation.Length != 3)
            throw new InputException("normalization: mean and deviation each need three values, for R, G and B.");
        if (!Normalization.Deviation.All(deviation => deviation > 0))
            throw new InputException($"normalization.deviation is [{string.Join(", ", Normalization.Deviation)}]; each must be above 0.");
        Train.Validate();
        if (Train.Loss.WeightList is { } weights && weights.Length != Model.NumClasses)
            throw new InputException($"train.loss.weight_list has {weights.Length} values, but the model has {Model.NumClasses} classes; give one weight a class.");
    }
}

namespace Seg.Models.Configuration;

/// <summary>A network that classifies images as a whole: a backbone and a classifier on its last map.</summary>
public sealed record ClassificationConfig : ModelConfig, IChecked
{
    /// <summary>Classes; at least 1. Default 1000, as ImageNet has.</summary>
    public override int NumClasses { get; init; } = 1000;

    public required BackboneConfig Backbone { get; init; }

    /// <summary>Default: average and linear layer.</summary>
    public ClassifierConfig Classifier { get; init; } = new LinearClassifierConfig();

    /// <summary>
    /// [height, width] in pixels that the network is meant for; <c>seg info</c> takes it where no other is given. Default [224, 224].
    /// </summary>
    public int[] InputSize { get; init; } = [224, 224];

    /// <summary>How the weights start. Default: as the authors' code does.</summary>
    public Initialization Initialization { get; init; } = Initialization.Official;

    public IEnumerable<ConfigFault> Faults()
    {
        if (NumClasses < 1)
            yield return new(nameof(NumClasses), $"is {NumClasses}; must be at least 1");
        if (InputSize.Length != 2 || InputSize.Any(extent => extent < 1))
            yield return new(nameof(InputSize), "must be two numbers, each at least 1: height and width");
    }
}

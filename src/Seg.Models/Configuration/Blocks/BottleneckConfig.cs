namespace Seg.Models.Configuration;

/// <summary>The bottleneck of ResNet and, with its strip pooling gate, of SPNet. Gives four times its inner channels.</summary>
public sealed record BottleneckConfig : BlockConfig, IChecked
{
    /// <summary>Channels inside, a quarter of the output's; at least 1.</summary>
    public required int Channels { get; init; }

    /// <summary>1, or more to take every n-th position. Default 1.</summary>
    public int Stride { get; init; } = 1;

    /// <summary>Distance of the positions that the 3x3 convolution reads; at least 1. Default 1.</summary>
    public int Dilation { get; init; } = 1;

    /// <summary>Whether a strip pooling gate follows the 3x3 convolution. Default false.</summary>
    public bool StripPooling { get; init; }

    public IEnumerable<ConfigFault> Faults()
    {
        if (InChannels < 1)
            yield return new(nameof(InChannels), $"is {InChannels}; must be at least 1");
        if (Channels < 1)
            yield return new(nameof(Channels), $"is {Channels}; must be at least 1");
        if (Stride < 1)
            yield return new(nameof(Stride), $"is {Stride}; must be at least 1");
        if (Dilation < 1)
            yield return new(nameof(Dilation), $"is {Dilation}; must be at least 1");
    }
}

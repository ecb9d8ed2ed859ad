namespace Seg.Train.Jobs;

/// <summary>A bare network, to be run once on an array.</summary>
public sealed record ForwardRequest
{
    /// <summary>Config, name of one, or model file.</summary>
    public required string Model { get; init; }

    /// <summary>Changes to the config, <c>key=value</c>.</summary>
    public IReadOnlyList<string> Overrides { get; init; } = [];

    /// <summary>A .pth or .safetensors file for the network of <see cref="Model"/>; null: the model file's own, or random ones.</summary>
    public string? Weights { get; init; }

    /// <summary>Of random weights.</summary>
    public long Seed { get; init; }

    /// <summary>A .npy file with the network's input, usually (N, 3, H, W).</summary>
    public required string Input { get; init; }

    /// <summary>A .npy file for the output; with several outputs <c>NAME_0.npy</c>, <c>NAME_1.npy</c>, ….</summary>
    public required string Output { get; init; }
}

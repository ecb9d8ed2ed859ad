namespace Seg.Train.Jobs;

/// <summary>Weights to be written in another format.</summary>
public sealed record ConversionRequest
{
    /// <summary>A .pth, .pt or .safetensors file.</summary>
    public required string Input { get; init; }

    /// <summary>Where to write; the extension says in which format.</summary>
    public required string Output { get; init; }

    /// <summary>Config, name of one, or model file of the network that the weights are of; null: they are not checked.</summary>
    public string? Model { get; init; }

    /// <summary>Changes to the config, <c>key=value</c>.</summary>
    public IReadOnlyList<string> Overrides { get; init; } = [];
}

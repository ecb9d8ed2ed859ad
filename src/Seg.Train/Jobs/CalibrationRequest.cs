namespace Seg.Train.Jobs;

/// <summary>A trained model, to be made ready for int8.</summary>
public sealed record CalibrationRequest
{
    /// <summary>The model file (.safetensors).</summary>
    public required string Model { get; init; }

    /// <summary>Where the calibrated model goes: a .safetensors file.</summary>
    public required string Output { get; init; }

    /// <summary>The data set's folder; null: that of the config.</summary>
    public string? Data { get; init; }

    /// <summary>A config with a <c>data:</c> section; null: the one of the model's run, or what the data's folders look like.</summary>
    public string? Config { get; init; }

    /// <summary>Changes to the config, <c>key=value</c>.</summary>
    public IReadOnlyList<string> Overrides { get; init; } = [];

    /// <summary>Images of the training split that the network sees, of top-down pose people; 1 or more.</summary>
    public int Images { get; init; } = 32;
}

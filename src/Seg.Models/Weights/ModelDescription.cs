using Seg.Models.Configuration;

namespace Seg.Models.Weights;

/// <summary>All that prediction needs to know of a trained network beside its weights.</summary>
public sealed record ModelDescription
{
    public required ModelConfig Model { get; init; }

    public required LabelSet Labels { get; init; }

    public Normalization Normalization { get; init; } = Normalization.ImageNet;

    /// <summary>[height, width] in pixels that the network was trained with.</summary>
    public required int[] InputSize { get; init; }
}

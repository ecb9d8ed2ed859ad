using Seg.Models.Configuration;
using Seg.Models.Runtime;

namespace Seg.Models.Weights;

/// <summary>All that prediction needs to know of a trained network beside its weights.</summary>
public abstract record ModelDescription
{
    public required ModelConfig Model { get; init; }

    public Normalization Normalization { get; init; } = Normalization.ImageNet;

    /// <summary>[height, width] in pixels that the network was trained with: of a top-down pose network the crops' size.</summary>
    public required int[] InputSize { get; init; }

    /// <summary>What int8 needs to know of the network's maps; null for a model that was not calibrated.</summary>
    public Int8Calibration? Calibration { get; init; }

    /// <summary>One name for each channel of the network's output: of classes or of keypoints.</summary>
    public abstract IReadOnlyList<string> OutputNames { get; }
}

namespace Seg.Models;

/// <summary>How pixels become network input: (value / 255 − mean) / deviation, for each channel in the order R, G, B.</summary>
public sealed record Normalization
{
    /// <summary>The statistics of ImageNet, which the official HRNet, SPNet and RGA codes use.</summary>
    public static Normalization ImageNet { get; } = new();

    /// <summary>Mean of R, G, B, of values in 0–1.</summary>
    public float[] Mean { get; init; } = [0.485f, 0.456f, 0.406f];

    /// <summary>Standard deviation of R, G, B, of values in 0–1; each above 0.</summary>
    public float[] Deviation { get; init; } = [0.229f, 0.224f, 0.225f];
}

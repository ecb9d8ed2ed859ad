using Seg.Models.Configuration;

namespace Seg.Train.Transforms;

/// <summary>
/// Mosaic (Bochkovskiy et al., "YOLOv4", arXiv:2004.10934): a crop is made of four, each a crop of an image of its own around a common
/// corner. The <c>mosaic:</c> section of an augmentation.
/// </summary>
public sealed record MosaicConfig : IChecked
{
    /// <summary>Share of the crops that are mosaics, 0–1; default 0.5. Each mosaic reads three more images.</summary>
    public double Probability { get; init; } = 0.5;

    /// <summary>[least, greatest] place of the common corner, as a share of the crop's width and height, 0.1 to 0.9; default [0.25, 0.75].</summary>
    public double[] Center { get; init; } = [0.25, 0.75];

    public IEnumerable<ConfigFault> Faults() =>
        [.. ConfigRange.Probability(nameof(Probability), Probability), .. ConfigRange.Faults((nameof(Center), Center, 0.1, 0.9))];
}

using Seg.Models.Configuration;

namespace Seg.Train.Transforms;

/// <summary>
/// Boxes of the mean colour (DeVries and Taylor, arXiv:1708.04552): the <c>cutout:</c> section of an augmentation. Classes of their pixels are
/// ignored, as nothing in a picture says what lies under a box; a keypoint under a box stays, as the rest of the body tells where it is.
/// </summary>
public sealed record CutoutConfig : IChecked
{
    /// <summary>[least, greatest] number of boxes, 1 to 64; default [1, 3].</summary>
    public int[] Holes { get; init; } = [1, 3];

    /// <summary>[least, greatest] side of a box as a share of the crop's, above 0 to 1; default [0.05, 0.2]. Each side is drawn by itself.</summary>
    public double[] Size { get; init; } = [0.05, 0.2];

    /// <summary>Share of the crops that get boxes, 0–1; default 0.5.</summary>
    public double Probability { get; init; } = 0.5;

    public IEnumerable<ConfigFault> Faults()
    {
        if (Holes.Length != 2 || Holes[0] < 1 || Holes[1] < Holes[0] || Holes[1] > 64)
            yield return new(nameof(Holes), $"is [{string.Join(", ", Holes)}]; must be [least, greatest], each 1 to 64");
        foreach (var fault in ConfigRange.Faults((nameof(Size), Size, 0.001, 1)).Concat(ConfigRange.Probability(nameof(Probability), Probability)))
            yield return fault;
    }
}

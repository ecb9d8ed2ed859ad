using Seg.Models.Configuration;

namespace Seg.Train.Transforms;

/// <summary>
/// How training crops of people are varied: the <c>data.augmentation:</c> section of a config for pose. Defaults are those of the official HRNet
/// code for COCO (Sun et al., arXiv:1902.09212); <c>{ scale: 0, rotation: 0, flip: 0, half_body: ~ }</c> leaves the plain crops of validation.
/// </summary>
public sealed record PoseAugmentationConfig : IChecked
{
    /// <summary>
    /// [height, width] in pixels of the crop that the network gets. A box is widened to this shape, then enlarged by a quarter. Default [256, 192].
    /// </summary>
    public int[] CropSize { get; init; } = [256, 192];

    /// <summary>
    /// Deviation of the factor by which the box is enlarged, drawn normally around 1 and clipped to one deviation; 0 to below 1. Default 0.35, the
    /// authors' SCALE_FACTOR for COCO; 0.25 for MPII.
    /// </summary>
    public double Scale { get; init; } = 0.35;

    /// <summary>
    /// Deviation of the angle in degrees by which a crop is turned, drawn normally around 0 and clipped to two deviations; 0 to 180. Default 45, the
    /// authors' ROT_FACTOR for COCO; 30 for MPII.
    /// </summary>
    public double Rotation { get; init; } = 45;

    /// <summary>Share of the crops that are turned, 0–1; default 0.6, as in the authors' code.</summary>
    public double RotationProbability { get; init; } = 0.6;

    /// <summary>Probability with which a crop is mirrored left to right, 0–1; default 0.5. Keypoints that have a left and a right change places.</summary>
    public double Flip { get; init; } = 0.5;

    /// <summary>Crops of the upper or the lower body alone; on by default, as in the authors' configs for COCO. <c>half_body: ~</c> makes none.</summary>
    public HalfBodyConfig? HalfBody { get; init; } = new();

    /// <summary>Paints boxes over crops: <c>cutout: { holes: [1, 1], size: [0.2, 0.4] }</c>. Keypoints under them stay labelled. Default: none.</summary>
    public CutoutConfig? Cutout { get; init; }

    /// <summary>Varies colours: <c>photometric: { brightness: 32 }</c>. Default: none, as in the authors' code.</summary>
    public PhotometricConfig? Photometric { get; init; }

    public IEnumerable<ConfigFault> Faults()
    {
        if (CropSize.Length != 2 || CropSize.Any(length => length is < 1 or > 16384))
            yield return new(nameof(CropSize), $"is [{string.Join(", ", CropSize)}]; must be [height, width], each 1 to 16384 pixels");
        if (Scale is not (>= 0 and < 1))
            yield return new(nameof(Scale), $"is {Scale}; must be 0 (none) to below 1");
        if (Rotation is not (>= 0 and <= 180))
            yield return new(nameof(Rotation), $"is {Rotation}; must be 0 (none) to 180 degrees");
        foreach (var fault in ConfigRange.Probability(nameof(RotationProbability), RotationProbability).Concat(ConfigRange.Probability(nameof(Flip), Flip)))
            yield return fault;
    }
}

using Seg.Models.Configuration;

namespace Seg.Train.Transforms;

/// <summary>
/// How training images are varied: the <c>data.augmentation:</c> section of a config. <c>{ scale: [1, 1], flip: 0, photometric: false
/// }</c> leaves a plain random crop.
/// </summary>
public sealed record AugmentationConfig : IChecked
{
    /// <summary>
    /// [height, width] in pixels of what the network is trained on; multiples of 32 suit HRNet best, and any size works. Default [512,
    /// 512].
    /// </summary>
    public int[] CropSize { get; init; } = [512, 512];

    /// <summary>
    /// How an image is fitted before it is scaled: <c>none</c> (default; it keeps its size), <c>long_side</c> or <c>short_side</c> (that side
    /// becomes <see cref="BaseSize"/>), or <c>stretch</c> (to the crop's size, whatever its shape).
    /// </summary>
    public ImageFit Fit { get; init; } = ImageFit.None;

    /// <summary>With <c>fit: long_side</c> or <c>short_side</c>: that side's length in pixels, 1 to 16384. Default: none.</summary>
    public int? BaseSize { get; init; }

    /// <summary>
    /// [least, greatest] factor by which an image is enlarged before the crop, drawn uniformly. Where the crop is larger than the image,
    /// the rest has the normalisation's mean colour and is ignored. 0.05 to 20; default [0.5, 2].
    /// </summary>
    public double[] Scale { get; init; } = [0.5, 2];

    /// <summary>
    /// Draws the scale from the least one and so many more with this distance, up to the greatest, as the official HRNet code does with
    /// 0.1. 0 to 10; default 0: any scale between.
    /// </summary>
    public double ScaleStep { get; init; }

    /// <summary>
    /// Largest share of a crop's labelled pixels that one class may have, above 0 to 1: up to ten other places are tried for a crop that
    /// has more, or one class alone (MMSegmentation's cat_max_ratio, usually 0.75). Default 1: any place will do.
    /// </summary>
    public double CategoryRatio { get; init; } = 1;

    /// <summary>
    /// Probability with which a crop is mirrored left to right, 0–1; default 0.5. Classes that have a left and a right change places.
    /// </summary>
    public double Flip { get; init; } = 0.5;

    /// <summary>Turns crops about their middle: <c>rotate: { degrees: 10 }</c>. Default: none.</summary>
    public RotationConfig? Rotate { get; init; }

    /// <summary>
    /// Whether brightness, contrast, saturation and hue are varied, each in half of the crops; default true. The next four keys say how
    /// far.
    /// </summary>
    public bool Photometric { get; init; } = true;

    /// <summary>Largest value added to or taken from every channel, 0–255; default 32.</summary>
    public double Brightness { get; init; } = 32;

    /// <summary>[least, greatest] factor of every channel, 0 to 10; default [0.5, 1.5].</summary>
    public double[] Contrast { get; init; } = [0.5, 1.5];

    /// <summary>[least, greatest] factor of the saturation, 0 to 10; default [0.5, 1.5].</summary>
    public double[] Saturation { get; init; } = [0.5, 1.5];

    /// <summary>Largest turn of the hue in OpenCV's units, of which 180 are a full turn: 0–90; default 18.</summary>
    public double Hue { get; init; } = 18;

    /// <summary>Blurs crops: <c>blur: { sigma: [0.1, 2] }</c>. Default: none.</summary>
    public BlurConfig? Blur { get; init; }

    /// <summary>Paints boxes over crops, which count nowhere: <c>cutout: { holes: [1, 3] }</c>. Default: none.</summary>
    public CutoutConfig? Cutout { get; init; }

    /// <summary>Puts half of another crop's classes onto a crop: <c>class_mix: { probability: 0.5 }</c>. Default: none.</summary>
    public ClassMixConfig? ClassMix { get; init; }

    /// <summary>Makes a crop of four images: <c>mosaic: { probability: 0.5 }</c>. Default: none.</summary>
    public MosaicConfig? Mosaic { get; init; }

    public IEnumerable<ConfigFault> Faults()
    {
        if (CropSize.Length != 2 || CropSize.Any(length => length is < 1 or > 16384))
            yield return new(nameof(CropSize), $"is [{string.Join(", ", CropSize)}]; must be [height, width], each 1 to 16384 pixels");
        var fitsSide = Fit is ImageFit.LongSide or ImageFit.ShortSide;
        if (fitsSide && BaseSize is not (>= 1 and <= 16384))
            yield return new(nameof(BaseSize), $"is {(BaseSize is { } size ? $"{size}" : "not given")}; must be 1 to 16384 pixels, for the side that fit names");
        if (!fitsSide && BaseSize is not null)
            yield return new(nameof(BaseSize), "is read with fit: long_side or short_side alone; set that, or leave it out");
        foreach (var fault in ConfigRange.Faults((nameof(Scale), Scale, 0.05, 20), (nameof(Contrast), Contrast, 0, 10), (nameof(Saturation), Saturation, 0, 10)))
            yield return fault;
        if (ScaleStep is not (>= 0 and <= 10))
            yield return new(nameof(ScaleStep), $"is {ScaleStep}; must be 0 (any scale) to 10");
        if (CategoryRatio is not (> 0 and <= 1))
            yield return new(nameof(CategoryRatio), $"is {CategoryRatio}; must be above 0, and 1 at most");
        if (Flip is not (>= 0 and <= 1))
            yield return new(nameof(Flip), $"is {Flip}; must be a probability, 0 to 1");
        if (Brightness is not (>= 0 and <= 255))
            yield return new(nameof(Brightness), $"is {Brightness}; must be 0 to 255");
        if (Hue is not (>= 0 and <= 90))
            yield return new(nameof(Hue), $"is {Hue}; must be 0 to 90");
    }
}

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
    /// [least, greatest] factor by which an image is enlarged before the crop, drawn uniformly. Where the crop is larger than the image,
    /// the rest has the normalisation's mean colour and is ignored. 0.05 to 20; default [0.5, 2].
    /// </summary>
    public double[] Scale { get; init; } = [0.5, 2];

    /// <summary>Probability with which a crop is mirrored left to right, 0–1; default 0.5.</summary>
    public double Flip { get; init; } = 0.5;

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

    public IEnumerable<ConfigFault> Faults()
    {
        if (CropSize.Length != 2 || CropSize.Any(length => length is < 1 or > 16384))
            yield return new(nameof(CropSize), $"is [{string.Join(", ", CropSize)}]; must be [height, width], each 1 to 16384 pixels");
        (string Member, double[] Range, double Least, double Greatest)[] ranges =
            [(nameof(Scale), Scale, 0.05, 20), (nameof(Contrast), Contrast, 0, 10), (nameof(Saturation), Saturation, 0, 10)];
        foreach (var (member, range, least, greatest) in ranges)
        {
            if (range.Length != 2 || !(range[0] >= least && range[0] <= range[1] && range[1] <= greatest))
                yield return new(member, $"is [{string.Join(", ", range)}]; must be [least, greatest], each {least} to {greatest}");
        }
        if (Flip is not (>= 0 and <= 1))
            yield return new(nameof(Flip), $"is {Flip}; must be a probability, 0 to 1");
        if (Brightness is not (>= 0 and <= 255))
            yield return new(nameof(Brightness), $"is {Brightness}; must be 0 to 255");
        if (Hue is not (>= 0 and <= 90))
            yield return new(nameof(Hue), $"is {Hue}; must be 0 to 90");
    }
}

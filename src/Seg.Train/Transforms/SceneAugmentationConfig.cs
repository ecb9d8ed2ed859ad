using Seg.Models.Configuration;

namespace Seg.Train.Transforms;

/// <summary>
/// How whole images are varied to train a bottom-up network: the <c>data.scenes:</c> section of a config. Defaults are those of DEKR's authors for COCO (Geng et
/// al., arXiv:2104.02300); <c>{ scale: [1, 1], rotation: 0, translation: 0, flip: 0 }</c> varies nothing.
/// </summary>
public sealed record SceneAugmentationConfig : IChecked
{
    /// <summary>What the network's branches need: a multiple of it in either direction.</summary>
    internal const int Step = 32;

    /// <summary>[height, width] in pixels of what the network sees, multiples of 32; its shorter side is that of images when predicting. Default [512, 512].</summary>
    public int[] Size { get; init; } = [512, 512];

    /// <summary>
    /// [least, greatest] share of the image's shorter side that the input's shorter side shows: below 1 it is enlarged, above 1 there is black around it. Default
    /// [0.75, 1.5], MIN_SCALE and MAX_SCALE of the authors.
    /// </summary>
    public double[] Scale { get; init; } = [0.75, 1.5];

    /// <summary>Greatest angle in degrees by which the image is turned either way; 0 to 180. Default 30, MAX_ROTATION of the authors.</summary>
    public double Rotation { get; init; } = 30;

    /// <summary>
    /// How far the middle is moved at most, either way along x and y, as a share of what the input's shorter side shows; 0 to 1. Default 0.2: the authors'
    /// MAX_TRANSLATE is 40 of 200.
    /// </summary>
    public double Translation { get; init; } = 0.2;

    /// <summary>Probability with which an image is mirrored left to right, 0–1; default 0.5. Keypoints that have a left and a right change places.</summary>
    public double Flip { get; init; } = 0.5;

    /// <summary>Varies colours: <c>photometric: { brightness: 32 }</c>. Default: none, as in the authors' code.</summary>
    public PhotometricConfig? Photometric { get; init; }

    public IEnumerable<ConfigFault> Faults()
    {
        if (Size.Length != 2 || Size.Any(length => length is < Step or > 16384 || length % Step != 0))
            yield return new(nameof(Size), $"is [{string.Join(", ", Size)}]; must be [height, width], each a multiple of {Step} up to 16384 pixels");
        foreach (var fault in ConfigRange.Faults((nameof(Scale), Scale, 0.05, 20)))
            yield return fault;
        if (Rotation is not (>= 0 and <= 180))
            yield return new(nameof(Rotation), $"is {Rotation}; must be 0 (none) to 180 degrees");
        if (Translation is not (>= 0 and <= 1))
            yield return new(nameof(Translation), $"is {Translation}; must be 0 (none) to 1");
        foreach (var fault in ConfigRange.Probability(nameof(Flip), Flip))
            yield return fault;
    }
}

namespace Seg.Train.Tasks;

/// <summary>The option of a config that sets how large the images are that a network trains on.</summary>
/// <param name="Key">Such as <c>data.augmentation.crop_size</c>.</param>
/// <param name="Step">What height and width must be multiples of.</param>
internal readonly record struct SizeOption(string Key, int Step = 1)
{
    /// <summary>That of crops, which may have any size.</summary>
    public static SizeOption Crop { get; } = new("data.augmentation.crop_size");

    /// <summary>The option with half the height and width, as far as it may be.</summary>
    public string Halved(int height, int width) => $"{Key}=[{Half(height)}, {Half(width)}]";

    private int Half(int length) => Math.Max(Step, length / 2 / Step * Step);
}

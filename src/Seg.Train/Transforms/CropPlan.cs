namespace Seg.Train.Transforms;

/// <summary>
/// Where the pixels of a crop come from. The image is thought of as enlarged to <see cref="ScaledWidth"/> x <see cref="ScaledHeight"/>;
/// the crop's upper left corner stands at (<see cref="Left"/>, <see cref="Top"/>) there, which is negative where the crop is the larger;
/// then it is mirrored if <see cref="Flip"/> says so.
/// </summary>
/// <param name="Width">Of the crop, in pixels, as is Height.</param>
public readonly record struct CropPlan(int Width, int Height, int ScaledWidth, int ScaledHeight, int Left, int Top, bool Flip)
{
    /// <summary>
    /// Draws a scale uniformly from the config's range (as MMSegmentation's RandomResize does; the official HRNet code draws from 0.5,
    /// 0.6, …, 2.0) and then a place, uniformly among all where the crop lies in the image, or the image in the crop, along each axis.
    /// </summary>
    /// <param name="random">Four numbers are taken, whatever comes of them.</param>
    public static CropPlan Draw(AugmentationConfig config, int imageWidth, int imageHeight, ref SplitMix64 random)
    {
        int width = config.CropSize[1], height = config.CropSize[0];
        var scale = random.NextDouble(config.Scale[0], config.Scale[1]);
        var scaledWidth = Math.Max(1, (int)Math.Round(imageWidth * scale));
        var scaledHeight = Math.Max(1, (int)Math.Round(imageHeight * scale));
        var left = DrawOffset(scaledWidth - width, ref random);
        var top = DrawOffset(scaledHeight - height, ref random);
        return new CropPlan(width, height, scaledWidth, scaledHeight, left, top, random.NextDouble() < config.Flip);
    }

    private static int DrawOffset(int excess, ref SplitMix64 random) =>
        excess >= 0 ? random.NextInt(excess + 1) : -random.NextInt(1 - excess);
}

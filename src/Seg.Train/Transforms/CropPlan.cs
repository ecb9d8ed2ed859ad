namespace Seg.Train.Transforms;

/// <summary>
/// Where the pixels of a crop come from. The image is thought of as enlarged to <see cref="ScaledWidth"/> x <see cref="ScaledHeight"/>;
/// the crop's upper left corner stands at (<see cref="Left"/>, <see cref="Top"/>) there, which is negative where the crop is the larger;
/// then it is mirrored if <see cref="Flip"/> says so, and last it is turned.
/// </summary>
/// <param name="Width">Of the crop, in pixels, as is Height.</param>
public readonly record struct CropPlan(int Width, int Height, int ScaledWidth, int ScaledHeight, int Left, int Top, bool Flip)
{
    /// <summary>By how many degrees the crop's content is turned about the crop's middle, clockwise as one looks at it.</summary>
    public double Angle { get; init; }

    /// <summary>
    /// Draws a scale from the config's range and then a place, uniformly among all where the crop lies in the image, or the image in the
    /// crop, along each axis.
    /// </summary>
    /// <param name="random">Four numbers are taken, and two more where the config turns crops, whatever comes of them.</param>
    public static CropPlan Draw(AugmentationConfig config, int imageWidth, int imageHeight, ref SplitMix64 random) =>
        Draw(config, config.CropSize[1], config.CropSize[0], imageWidth, imageHeight, ref random);

    /// <summary>As <see cref="Draw(AugmentationConfig, int, int, ref SplitMix64)"/>, for a crop of another size than the config's.</summary>
    public static CropPlan Draw(AugmentationConfig config, int width, int height, int imageWidth, int imageHeight, ref SplitMix64 random)
    {
        var scale = DrawScale(config, ref random);
        var (fittedWidth, fittedHeight) = Fit(config, imageWidth, imageHeight);
        var scaledWidth = Math.Max(1, (int)Math.Round(fittedWidth * scale));
        var scaledHeight = Math.Max(1, (int)Math.Round(fittedHeight * scale));
        var left = DrawOffset(scaledWidth - width, ref random);
        var top = DrawOffset(scaledHeight - height, ref random);
        CropPlan plan = new(width, height, scaledWidth, scaledHeight, left, top, random.NextDouble() < config.Flip);
        if (config.Rotate is not { } rotate)
            return plan;
        var turns = random.NextDouble() < rotate.Probability;
        var angle = random.NextDouble(-rotate.Degrees, rotate.Degrees);
        return turns ? plan with { Angle = angle } : plan;
    }

    /// <summary>The same crop at another place.</summary>
    /// <param name="random">Two numbers are taken.</param>
    public CropPlan Elsewhere(ref SplitMix64 random)
    {
        var left = DrawOffset(ScaledWidth - Width, ref random);
        return this with { Left = left, Top = DrawOffset(ScaledHeight - Height, ref random) };
    }

    /// <summary>Whether an image is smaller than the crop along an axis whatever scale is drawn.</summary>
    public static bool IsAlwaysPadded(AugmentationConfig config, int imageWidth, int imageHeight)
    {
        var (width, height) = Fit(config, imageWidth, imageHeight);
        return Math.Round(width * config.Scale[1]) < config.CropSize[1] || Math.Round(height * config.Scale[1]) < config.CropSize[0];
    }

    private static double DrawScale(AugmentationConfig config, ref SplitMix64 random)
    {
        if (config.ScaleStep == 0)
            return random.NextDouble(config.Scale[0], config.Scale[1]);
        // A little is added as (1.6 − 0.5) / 0.1 is just below 11.
        var steps = (int)((config.Scale[1] - config.Scale[0]) / config.ScaleStep + 1e-6);
        return config.Scale[0] + config.ScaleStep * random.NextInt(steps + 1);
    }

    private static (double Width, double Height) Fit(AugmentationConfig config, int width, int height)
    {
        if (config.Fit == ImageFit.Stretch)
            return (config.CropSize[1], config.CropSize[0]);
        double factor = config.Fit switch
        {
            ImageFit.LongSide => (double)config.BaseSize!.Value / Math.Max(width, height),
            ImageFit.ShortSide => (double)config.BaseSize!.Value / Math.Min(width, height),
            _ => 1,
        };
        return (width * factor, height * factor);
    }

    private static int DrawOffset(int excess, ref SplitMix64 random) =>
        excess >= 0 ? random.NextInt(excess + 1) : -random.NextInt(1 - excess);
}

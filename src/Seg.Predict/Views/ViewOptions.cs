using System.Globalization;
using Seg.Models;

namespace Seg.Predict.Views;

/// <summary>Through which windows, and at which scales, a segmentation network sees an image.</summary>
public sealed record ViewOptions
{
    /// <summary>A window's least side, in pixels: networks of stride 32 need as much.</summary>
    public const int LeastWindowSide = 32;

    /// <summary>Scales that can be asked for.</summary>
    public const double LeastScale = 0.1, LargestScale = 4;

    /// <summary>
    /// [height, width] in pixels of the windows that the network sees one by one, each <see cref="LeastWindowSide"/> or more; of an image that is
    /// smaller, all of it is seen. null: the network sees whole images, and windows of those alone that are larger than
    /// <see cref="PredictorOptions.MaxPixels"/>.
    /// </summary>
    public int[]? Window { get; init; }

    /// <summary>
    /// What neighbouring windows have in common, as a part of a window's side: 0 or more, below 1. The last windows lie at the image's end, and
    /// overlap more.
    /// </summary>
    public double Overlap { get; init; } = 0.25;

    /// <summary>What windows count where they overlap.</summary>
    public WindowBlend Blend { get; init; }

    /// <summary>
    /// Sizes at which the network sees the image, as factors of the one at which it would see it otherwise; each 0.1 to 4, each once. Windows
    /// have the same size at every scale.
    /// </summary>
    public double[] Scales { get; init; } = [1];

    /// <summary>Of what the mean over windows, mirror images and scales is taken.</summary>
    public ViewAverage Average { get; init; }

    /// <exception cref="InputException">There are windows or scales, and the model is for pose.</exception>
    internal void RequireNone()
    {
        if (Window is not null)
            throw new InputException("Windows are for segmentation models; a pose model looks at persons, or at whole images. Leave the window out.");
        if (Scales is not [1])
            throw new InputException("Scales are for segmentation models; a pose model sees each person at one size. Leave them out.");
    }

    /// <exception cref="InputException">An option is out of its range.</exception>
    public void Check()
    {
        if (Window is { } window && (window.Length != 2 || window.Any(side => side < LeastWindowSide)))
            throw new InputException($"A window is [height, width], each {LeastWindowSide} or more pixels, not [{string.Join(", ", window)}].");
        if (!(Overlap is >= 0 and < 1))
            throw new InputException($"Windows overlap by 0 or more and less than 1 of their side, not by {Text(Overlap)}.");
        if (Scales.Length == 0)
            throw new InputException("There is no scale to see images at; give at least one, such as 1.");
        foreach (var scale in Scales.Where(scale => !(scale is >= LeastScale and <= LargestScale)))
            throw new InputException($"A scale is {Text(LeastScale)} to {Text(LargestScale)}, not {Text(scale)}.");
        if (Scales.Distinct().Count() < Scales.Length)
            throw new InputException($"Each scale counts once; {string.Join(", ", Scales.Select(Text))} has one twice.");
    }

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}

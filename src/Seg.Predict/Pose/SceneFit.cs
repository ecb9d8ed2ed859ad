using Seg.Models;
using Seg.Models.Codecs;

namespace Seg.Predict.Pose;

/// <summary>How a whole image is brought to a bottom-up network's input: enlarged or shrunk evenly, its middle in the middle, black around it.</summary>
/// <remarks>
/// <c>resize_align_multi_scale</c> of DEKR's and HigherHRNet's authors: the shorter side becomes the training size, the longer one what follows, rounded up to
/// multiples of 64.
/// </remarks>
/// <param name="Height">Of the input, in pixels.</param>
/// <param name="Width">Of the input, in pixels.</param>
/// <param name="ToInput">From image pixels to input pixels.</param>
public sealed record SceneFit(int Height, int Width, AffineMap ToInput)
{
    /// <summary>Twice what the coarsest branch of an HRNet needs; the authors' choice.</summary>
    private const int Step = 64;

    public AffineMap ToImage => ToInput.Inverse();

    /// <param name="width">Of the image, in pixels; at least 1.</param>
    /// <param name="height">Of the image, in pixels; at least 1.</param>
    /// <param name="trainingSize">[height, width] that the network was trained with; its shorter side becomes the input's.</param>
    /// <param name="options">A size of the user's own takes its place; the longest side limits it.</param>
    public static SceneFit Of(int width, int height, int[] trainingSize, PredictorOptions options)
    {
        if (options.InputSize is [var inputHeight, var inputWidth])
            return About(width, height, inputWidth, inputHeight, Math.Min((double)inputWidth / width, (double)inputHeight / height));
        // The shorter side is rounded, too, as the authors do it; theirs are multiples already.
        var shorter = RoundedUp(Math.Min(trainingSize[0], trainingSize[1]));
        var zoom = Math.Min((double)shorter / Math.Min(width, height), (double)Math.Max(Step, options.MaxSide / Step * Step) / Math.Max(width, height));
        return About(width, height, RoundedUp(width * zoom), RoundedUp(height * zoom), zoom);
    }

    /// <exception cref="InputException">An input size that the network cannot take.</exception>
    internal static void Check(PredictorOptions options)
    {
        if (options.InputSize is { } size && (size.Length != 2 || size.Any(side => side < 1 || side % (Step / 2) != 0)))
            throw new InputException($"The input size is [{string.Join(", ", size)}]; it must be height and width, multiples of {Step / 2}.");
        if (options.MaxSide < Step / 2)
            throw new InputException($"The longest side is {options.MaxSide}; it must be at least {Step / 2}.");
    }

    /// <summary>The authors' middle of an image of odd extent is the pixel behind it.</summary>
    private static SceneFit About(int width, int height, int inputWidth, int inputHeight, double zoom) => new(inputHeight, inputWidth, new AffineMap(
        zoom, 0, inputWidth * 0.5 - zoom * (int)(width / 2.0 + 0.5), 0, zoom, inputHeight * 0.5 - zoom * (int)(height / 2.0 + 0.5)));

    /// <summary>Rounded as the authors' <c>int(x + 63) // 64 * 64</c>, but for a rounding error above a multiple.</summary>
    private static int RoundedUp(double side) => Math.Max(Step, (int)(side + Step - 1 + 1e-6) / Step * Step);
}

using OpenCvSharp;
using Seg.Models.Weights;

namespace Seg.Predict.Views;

/// <summary>How the network sees images of one size.</summary>
/// <param name="Sizes">At which it sees them.</param>
/// <param name="Window">The windows' size; null: it sees them whole.</param>
/// <param name="IsAutomatic">Whether there are windows because the image is so large.</param>
/// <param name="IsPlain">Whether the network sees the image once, whole and as it is, and the result can be made in one piece.</param>
internal sealed record ViewPlan(IReadOnlyList<Size> Sizes, Size? Window, bool IsAutomatic, bool IsPlain)
{
    /// <summary>Pixels whose probabilities fill the 2 GiB of a tensor's memory that .NET sees at a time.</summary>
    private const long MostPixelsAtOnce = int.MaxValue / sizeof(float);

    /// <param name="image">Width and height of the image.</param>
    public static ViewPlan Of(Size image, ModelDescription description, PredictorOptions options)
    {
        var isAutomatic = options is { Views.Window: null, InputSize: null } && (long)image.Width * image.Height > options.MaxPixels;
        var window = options.Views.Window ?? (isAutomatic ? description.InputSize : null);
        var size = options.InputSize is [var height, var width] ? new Size(width, height)
            : window is null ? Fit(image, options.MaxSide)
            : image;
        return new ViewPlan(
            [.. options.Views.Scales.Select(scale => Scaled(size, scale))], window is null ? null : new Size(window[1], window[0]), isAutomatic,
            IsPlain: window is null && !options.FlipTest && options.Views.Scales.Length == 1 && (long)image.Width * image.Height <= MostPixelsAtOnce);
    }

    private static Size Fit(Size image, int longest) => Scaled(image, Math.Min(1.0, longest / (double)Math.Max(image.Width, image.Height)));

    private static Size Scaled(Size size, double scale) =>
        new(Math.Max(1, (int)Math.Round(size.Width * scale)), Math.Max(1, (int)Math.Round(size.Height * scale)));
}

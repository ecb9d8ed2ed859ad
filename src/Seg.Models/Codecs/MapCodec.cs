using Seg.Models.Configuration;
using TorchSharp;
using static TorchSharp.torch;

namespace Seg.Models.Codecs;

/// <summary>Codecs with one heatmap a keypoint: what they share of encoding, of finding the peak, and of mirroring.</summary>
/// <remarks>Targets and outputs are (K, h, w), h and w those of the input over the stride.</remarks>
public abstract class MapCodec : KeypointCodec
{
    /// <summary>Floor of a heatmap before its logarithm is taken, where no authors say another.</summary>
    private protected const float SmallestValue = 1e-10f;

    /// <summary>How far the peak may be from the highest pixel: half a pixel, but where there is no pixel on its other side.</summary>
    private const double Half = 0.5, Beyond = 1;

    private readonly NoPeak noPeak;

    private protected MapCodec(MapCodecConfig config, (int Height, int Width) inputSize, KeypointSet keypoints, int scratchMaps = 0)
        : base(
            inputSize, keypoints, config.Padding, [inputSize.Height / config.Stride, inputSize.Width / config.Stride],
            scratchMaps * (inputSize.Height / config.Stride) * (inputSize.Width / config.Stride) + inputSize.Width / config.Stride)
    {
        (noPeak, Sigma) = (config.NoPeak, (float)config.Sigma);
        (Height, Width) = (TargetShape[1], TargetShape[2]);
    }

    /// <summary>Of the heatmaps.</summary>
    private protected int Height { get; }

    /// <summary>Of the heatmaps.</summary>
    private protected int Width { get; }

    /// <summary>σ of the Gaussians, in heatmap pixels.</summary>
    private protected float Sigma { get; }

    /// <summary>Whether outputs for mirrored inputs are moved by one column when they are mirrored back.</summary>
    private protected abstract bool FlipShift { get; }

    /// <summary>Input pixels between two heatmap pixels, along x and y.</summary>
    private protected abstract (float X, float Y) Spacing { get; }

    /// <summary>Moves a peak from the pixel that is the highest to where the codec takes it to be.</summary>
    /// <param name="map">The heatmap, row by row.</param>
    /// <param name="x">Column of its first maximum.</param>
    /// <param name="y">Row of its first maximum.</param>
    /// <param name="scratch">As much room as the constructor asked for.</param>
    /// <returns>In heatmap pixels.</returns>
    private protected abstract (double X, double Y) Refine(ReadOnlySpan<float> map, int x, int y, Span<float> scratch);

    /// <summary>Fills the part of a map that lies in a window with a Gaussian of height 1.</summary>
    /// <param name="map">The heatmap, row by row.</param>
    /// <param name="x">Its centre, in heatmap pixels.</param>
    /// <param name="y">Its centre, in heatmap pixels.</param>
    /// <param name="window">May reach beyond the map.</param>
    /// <param name="scratch">Room for a row.</param>
    private protected void DrawGaussian(Span<float> map, float x, float y, in GaussianWindow window, Span<float> scratch)
    {
        var (left, right) = (Math.Max(0, window.Left), Math.Min(Width, window.Right));
        var (top, bottom) = (Math.Max(0, window.Top), Math.Min(Height, window.Bottom));
        if (left >= right)
            return;
        var acrossRow = scratch[..(right - left)];
        for (var column = left; column < right; column++)
            acrossRow[column - left] = Gaussian(column - x);
        for (var row = top; row < bottom; row++)
        {
            var height = Gaussian(row - y);
            var values = map.Slice(row * Width + left, right - left);
            for (var i = 0; i < values.Length; i++)
                values[i] = acrossRow[i] * height;
        }
    }

    /// <summary>
    /// Where a Gaussian of the codec's σ has its centre: halfway between two pixels if their logarithms are equal, and from there by σ²
    /// times the slope of the logarithm.
    /// </summary>
    /// <param name="map">The heatmap, row by row.</param>
    /// <param name="x">Column of its maximum.</param>
    /// <param name="y">Row of its maximum.</param>
    /// <returns>In heatmap pixels; up to one outside the map, as only there the slope does not change its sign within it.</returns>
    private protected (double X, double Y) RefineBySlope(ReadOnlySpan<float> map, int x, int y)
    {
        var peak = y * Width + x;
        return (SlopePlace(map, peak, step: 1, x, Width), SlopePlace(map, peak, step: Width, y, Height));
    }

    private protected sealed override Keypoint DecodeOne(ReadOnlySpan<float> output, Span<float> scratch)
    {
        var (index, score) = Peak.Of(output);
        if (!(score > 0))
        {
            var place = noPeak == NoPeak.Origin ? 0 : -1;
            return new(place * Spacing.X, place * Spacing.Y, score);
        }
        var (x, y) = Refine(output, index % Width, index / Width, scratch);
        return new((float)(x * Spacing.X), (float)(y * Spacing.Y), score);
    }

    private protected sealed override Tensor Unmirror(Tensor output)
    {
        var mirrored = output.flip(3);
        // The first column keeps its own value, as in the authors' code.
        return FlipShift ? cat([mirrored.narrow(3, 0, 1), mirrored.narrow(3, 0, Width - 1)], 3) : mirrored;
    }

    private double SlopePlace(ReadOnlySpan<float> map, int peak, int step, int place, int extent)
    {
        var (before, after) = (Math.Max(0, place - 1), Math.Min(extent - 1, place + 1));
        if (before == after)
            return place;
        var slope = (Logarithm(map[peak + (after - place) * step]) - Logarithm(map[peak + (before - place) * step])) / (after - before);
        var centre = (before + after) / 2.0 + Sigma * Sigma * slope;
        return Math.Clamp(centre, before == place ? place - Beyond : place - Half, after == place ? place + Beyond : place + Half);

        static double Logarithm(float value) => Math.Log(Math.Max(value, SmallestValue));
    }

    private float Gaussian(float distance) => MathF.Exp(-distance * distance / (2 * Sigma * Sigma));
}

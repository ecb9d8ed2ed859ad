namespace Seg.Models.Codecs;

/// <summary>
/// The part of a heatmap that a Gaussian fills which is cut off at three σ: whole pixels about the one that is next to its centre.
/// </summary>
/// <param name="PixelX">Column of that pixel; it may lie outside the map.</param>
/// <param name="PixelY">Row of that pixel; it may lie outside the map.</param>
/// <param name="Left">First column.</param>
/// <param name="Right">First column behind it.</param>
/// <param name="Top">First row.</param>
/// <param name="Bottom">First row below it.</param>
internal readonly record struct GaussianWindow(int PixelX, int PixelY, int Left, int Right, int Top, int Bottom)
{
    /// <summary>σ to either side.</summary>
    public const float Reach = 3;

    /// <summary>Further away than any map is wide, in heatmap pixels; whole numbers are exact up to here.</summary>
    private const float FarAway = 1e6f;

    /// <param name="x">The centre, in heatmap pixels.</param>
    /// <param name="y">The centre, in heatmap pixels.</param>
    /// <param name="sigma">
    /// σ, in heatmap pixels. Where three of it are no whole number, the window reaches further to the left and up, as in the authors' code.
    /// </param>
    public static GaussianWindow AboutPixel(float x, float y, float sigma)
    {
        var (pixelX, pixelY) = (NextPixel(x), NextPixel(y));
        var (before, after) = ((int)MathF.Ceiling(Reach * sigma), (int)MathF.Floor(Reach * sigma) + 1);
        return new(pixelX, pixelY, pixelX - before, pixelX + after, pixelY - before, pixelY + after);
    }

    /// <summary>
    /// Whether a keypoint is too far from the map to count: the authors' rule, by which one whose window ends where the map begins still
    /// does.
    /// </summary>
    public bool IsOutside(int width, int height) => Left >= width || Top >= height || Right < 0 || Bottom < 0;

    /// <summary>Rounded as the authors' code does it: by cutting the half more towards 0, so that −1.4 becomes 0.</summary>
    private static int NextPixel(float place) => (int)(Math.Clamp(place, -FarAway, FarAway) + 0.5f);
}

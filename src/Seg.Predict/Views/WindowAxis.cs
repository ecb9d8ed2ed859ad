namespace Seg.Predict.Views;

/// <summary>Windows along one axis of a view, which may be of another size than the image.</summary>
/// <remarks>
/// Windows of two axes form a grid, and what each counts is the product of what it counts along both; so are the sums, and windows can be brought
/// to a sum of 1 along each axis alone.
/// </remarks>
internal sealed class WindowAxis
{
    private readonly int imageLength, viewLength, fade;
    private readonly bool alignCorners;

    /// <param name="window">Of a window, in pixels of the view; at most all of the view is taken.</param>
    /// <param name="alignCorners">Whether the centres of the first and last pixels, rather than the outer edges, are the same in image and view.</param>
    public WindowAxis(int imageLength, int viewLength, int window, ViewOptions options, bool alignCorners)
    {
        (this.imageLength, this.viewLength, this.alignCorners) = (imageLength, viewLength, alignCorners);
        Length = Math.Min(window, viewLength);
        // As in MMSegmentation's slide_inference: at even steps, and the last one at the end.
        var step = Math.Max(1, (int)Math.Round(Length * (1 - options.Overlap)));
        var count = (viewLength - Length + step - 1) / step + 1;
        Starts = [.. Enumerable.Range(0, count).Select(index => Math.Min(index * step, viewLength - Length))];
        fade = options.Blend == WindowBlend.Smooth ? Length - step : 0;
    }

    /// <summary>Of each window, in pixels of the view.</summary>
    public int Length { get; }

    /// <summary>Where each window begins, in pixels of the view.</summary>
    public IReadOnlyList<int> Starts { get; }

    /// <summary>The windows that cover a pixel of the image, at least one.</summary>
    public WindowPart[] At(int pixel)
    {
        var position = Position(pixel);
        var parts = new List<WindowPart>();
        for (var index = 0; index < Starts.Count; index++)
        {
            var inside = position - Starts[index];
            if (inside < -0.5 || inside >= Length - 0.5)
                continue;
            inside = Math.Clamp(inside, 0, Length - 1);
            parts.Add(new WindowPart(index, inside, Weight(inside)));
        }
        var total = parts.Sum(part => part.Weight);
        return [.. parts.Select(part => part with { Weight = part.Weight / total })];
    }

    /// <summary>Where the centre of a pixel of the image lies, in pixels of the view.</summary>
    private double Position(int pixel)
    {
        if (imageLength == viewLength)
            return pixel;
        if (alignCorners)
            return imageLength == 1 ? 0 : pixel * (viewLength - 1.0) / (imageLength - 1);
        return Math.Clamp((pixel + 0.5) * viewLength / imageLength - 0.5, 0, viewLength - 1);
    }

    /// <summary>From next to nothing at the window's edges to 1 where a neighbour may end, as 3t² − 2t³.</summary>
    private double Weight(double inside)
    {
        if (fade == 0)
            return 1;
        var part = Math.Min(1, (Math.Min(inside, Length - 1 - inside) + 0.5) / fade);
        return part * part * (3 - 2 * part);
    }
}

using Seg.Predict.Imaging;

namespace Seg.Train.Datasets;

/// <summary>One region that somebody drew on an image.</summary>
/// <param name="Label">What it was called.</param>
/// <param name="Rings">
/// Outlines, each as x, y, x, y, …, in pixels; the upper left pixel covers 0 to 1 on both axes. A pixel belongs to the region if its centre
/// lies in any of them.
/// </param>
internal sealed record DrawnShape(string Label, IReadOnlyList<double[]> Rings)
{
    /// <summary>The region as run lengths, instead of outlines.</summary>
    public RunLengths? Runs { get; init; }

    /// <summary>Why it covers nothing; null where it covers something.</summary>
    public string? Fault => Runs is not null || Rings.Any(ring => ring.Length >= 6 && PolygonFill.Area(ring) > 0)
        ? null
        : Rings.All(ring => ring.Length < 6) ? $"has {Rings.Sum(ring => ring.Length / 2)} points; an outline needs 3" : "has no area";
}

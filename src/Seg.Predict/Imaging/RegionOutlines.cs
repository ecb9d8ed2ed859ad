using OpenCvSharp;

namespace Seg.Predict.Imaging;

/// <summary>A connected part of a class, with the line around it.</summary>
/// <param name="Box">Smallest box around it.</param>
/// <param name="Pixels">Its area.</param>
/// <param name="Outline">
/// Corners x, y, x, y, … on the pixels' edges, clockwise: pixel (0, 0) covers 0 to 1 on both axes. Holes belong to the line: it leads to
/// each by a cut that it goes there and back.
/// </param>
public sealed record OutlinedRegion(Rect Box, int Pixels, int[] Outline);

/// <summary>Draws the exact lines around the regions of a label map.</summary>
/// <remarks>
/// Filling a line again, by the even-odd rule and the pixels' centres as COCO's tools do it, gives the very pixels. Those that touch at a
/// corner alone are regions apart.
/// </remarks>
public static class RegionOutlines
{
    /// <summary>The regions of one class, in the order of their first pixels, row by row from the top left.</summary>
    public static IReadOnlyList<OutlinedRegion> Of(LabelMap map, byte id)
    {
        using var labels = map.AsMat();
        using Mat mask = new(), parts = new(), stats = new(), centroids = new();
        Cv2.InRange(labels, Scalar.All(id), Scalar.All(id), mask);
        var count = Cv2.ConnectedComponentsWithStats(mask, parts, stats, centroids, PixelConnectivity.Connectivity4);
        var numbers = new int[map.Labels.Length];
        for (var y = 0; y < map.Height; y++)
            parts.RowValues<int>(y).CopyTo(numbers.AsSpan(y * map.Width));
        var lines = Trace(new RegionTracer(numbers, map.Width, map.Height), count);
        return
        [
            .. Enumerable.Range(1, count - 1).OrderBy(part => lines[part][0].First).Select(part => new OutlinedRegion(
                new Rect(Stat(part, ConnectedComponentsTypes.Left), Stat(part, ConnectedComponentsTypes.Top),
                    Stat(part, ConnectedComponentsTypes.Width), Stat(part, ConnectedComponentsTypes.Height)),
                Stat(part, ConnectedComponentsTypes.Area),
                new OutlineJoiner(numbers, map.Width, part, lines[part]).Corners())),
        ];

        int Stat(int part, ConnectedComponentsTypes column) => stats.RowValues<int>(part)[(int)column];
    }

    /// <summary>The lines of each part, that around it first; the part of number 0 is the rest and has none.</summary>
    private static List<RegionLine>[] Trace(RegionTracer tracer, int count)
    {
        var lines = Enumerable.Range(0, count).Select(_ => new List<RegionLine>()).ToArray();
        foreach (var line in tracer.Lines())
            lines[line.Part].Add(line);
        return lines;
    }
}

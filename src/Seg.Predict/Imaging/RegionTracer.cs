namespace Seg.Predict.Imaging;

/// <summary>A closed line along the edges of pixels, with its part on the right: clockwise around it, counterclockwise around a hole.</summary>
/// <param name="Part">The part's number.</param>
/// <param name="First">Index of the pixel below the line's first edge, row by row.</param>
/// <param name="Points">Every crossing of pixels' edges on the line, one after the other, from the upper left one of its first pixel.</param>
internal sealed record RegionLine(int Part, int First, List<(int X, int Y)> Points);

/// <summary>Follows the edges between parts of a picture.</summary>
/// <param name="parts">The number of each pixel's part, row by row; 0 is none.</param>
internal sealed class RegionTracer(int[] parts, int width, int height)
{
    /// <summary>Right, down, left, up: as one turns to the right.</summary>
    private static readonly (int X, int Y)[] Steps = [(1, 0), (0, 1), (-1, 0), (0, -1)];

    /// <summary>Whether the upper edge of a pixel is on a line that was followed.</summary>
    private readonly bool[] done = new bool[parts.Length];

    /// <summary>All lines, in the order of their first pixels: the one around a part comes before those around its holes.</summary>
    public IEnumerable<RegionLine> Lines()
    {
        for (var index = 0; index < parts.Length; index++)
        {
            // Every line goes to the right somewhere: along the top of a part, or below a hole.
            if (parts[index] != 0 && !done[index] && PartAt(index % width, index / width - 1) != parts[index])
                yield return new RegionLine(parts[index], index, Follow(parts[index], index % width, index / width));
        }
    }

    private List<(int X, int Y)> Follow(int part, int startX, int startY)
    {
        List<(int X, int Y)> points = [];
        var (x, y, direction) = (startX, startY, 0);
        do
        {
            points.Add((x, y));
            if (direction == 0)
                done[y * width + x] = true;
            (x, y) = (x + Steps[direction].X, y + Steps[direction].Y);
            // A corner is taken to the right first: so parts that touch there alone stay apart.
            if (RightOf(x, y, direction) != part)
                direction = (direction + 1) % 4;
            else if (RightOf(x, y, (direction + 3) % 4) == part)
                direction = (direction + 3) % 4;
        }
        while ((x, y, direction) != (startX, startY, 0));
        return points;
    }

    /// <summary>The part ahead on the right of who comes to a crossing in this direction; that on the left is right of the next to the left.</summary>
    private int RightOf(int x, int y, int direction) => direction switch
    {
        0 => PartAt(x, y),
        1 => PartAt(x - 1, y),
        2 => PartAt(x - 1, y - 1),
        _ => PartAt(x, y - 1),
    };

    private int PartAt(int x, int y) => (uint)x < (uint)width && (uint)y < (uint)height ? parts[y * width + x] : 0;
}

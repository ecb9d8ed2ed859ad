namespace Seg.Predict.Imaging;

/// <summary>Joins the line around a part with those around its holes to a single one.</summary>
/// <remarks>
/// From the leftmost top corner of each hole a cut goes straight up to the next line, there and back, so that it has no area. What it meets
/// begins higher up, and with the highest holes joined first it is a part of the line already.
/// </remarks>
/// <param name="parts">The number of each pixel's part, row by row.</param>
/// <param name="part">The part that the lines belong to.</param>
/// <param name="lines">That around the part first.</param>
internal sealed class OutlineJoiner(int[] parts, int width, int part, IReadOnlyList<RegionLine> lines)
{
    private readonly List<(int X, int Y)> points = [];
    private readonly List<int> next = [];
    private readonly Dictionary<(int X, int Y), int> places = [];

    /// <summary>Corners of the joined line: x, y, x, y, …</summary>
    public int[] Corners()
    {
        AddRing(lines[0].Points, start: 0);
        foreach (var (hole, top) in lines.Skip(1).Select(line => (line.Points, Top: TopOf(line.Points))).OrderBy(hole => hole.Points[hole.Top].Y))
        {
            var target = places[Above(hole[top])];
            var first = AddRing(hole, top);
            // … target → first → … → last → first again → target again → …
            var last = points.Count - 1;
            var back = Add(hole[top]);
            var onwards = Add(points[target]);
            (next[onwards], next[target]) = (next[target], first);
            (next[last], next[back]) = (back, onwards);
        }
        return WithoutStraight();
    }

    private static int TopOf(List<(int X, int Y)> hole) => hole.Index().MinBy(point => (point.Item.Y, point.Item.X)).Index;

    /// <summary>The first crossing above one on which a line of the part lies.</summary>
    private (int X, int Y) Above((int X, int Y) crossing)
    {
        var (x, y) = (crossing.X, crossing.Y - 1);
        while (y > 0 && parts[(y - 1) * width + x - 1] == part && parts[(y - 1) * width + x] == part)
            y--;
        return (x, y);
    }

    /// <summary>Adds a closed line.</summary>
    /// <returns>The place of its point number <paramref name="start"/>, behind which the others follow.</returns>
    private int AddRing(List<(int X, int Y)> ring, int start)
    {
        var first = points.Count;
        for (var index = 0; index < ring.Count; index++)
            next[Add(ring[(start + index) % ring.Count])] = points.Count;
        next[^1] = first;
        return first;
    }

    private int Add((int X, int Y) point)
    {
        points.Add(point);
        next.Add(-1);
        places.TryAdd(point, points.Count - 1);
        return points.Count - 1;
    }

    /// <summary>The points at which the line turns, or goes back the way it came.</summary>
    private int[] WithoutStraight()
    {
        List<int> corners = [];
        var (previous, place) = (0, next[0]);
        do
        {
            var (before, here, after) = (points[previous], points[place], points[next[place]]);
            if ((Math.Sign(here.X - before.X), Math.Sign(here.Y - before.Y)) != (Math.Sign(after.X - here.X), Math.Sign(after.Y - here.Y)))
                corners.AddRange([here.X, here.Y]);
            (previous, place) = (place, next[place]);
        }
        while (previous != 0);
        return [.. corners];
    }
}

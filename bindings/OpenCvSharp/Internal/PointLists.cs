namespace OpenCvSharp.Internal;

/// <summary>Several polygons as the shim takes them: all points one after the other, and the number of points of each.</summary>
internal readonly struct PointLists
{
    public PointLists(IEnumerable<IEnumerable<Point>> polygons)
    {
        ArgumentNullException.ThrowIfNull(polygons);
        var points = new List<Point>();
        var lengths = new List<int>();
        foreach (var polygon in polygons)
        {
            ArgumentNullException.ThrowIfNull(polygon, nameof(polygons));
            var before = points.Count;
            points.AddRange(polygon);
            lengths.Add(points.Count - before);
        }
        Points = [.. points];
        Lengths = [.. lengths];
    }

    public Point[] Points { get; }

    public int[] Lengths { get; }
}

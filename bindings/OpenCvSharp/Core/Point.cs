namespace OpenCvSharp;

/// <summary>A point in pixels, x to the right and y down.</summary>
public record struct Point(int X, int Y)
{
    public int X = X;

    public int Y = Y;

    /// <summary>Drops the fractions.</summary>
    public Point(double x, double y) : this((int)x, (int)y) { }

    public static Point operator +(Point a, Point b) => new(a.X + b.X, a.Y + b.Y);

    public static Point operator -(Point a, Point b) => new(a.X - b.X, a.Y - b.Y);

    public static Point operator -(Point point) => new(-point.X, -point.Y);

    public static Point operator *(Point point, double scale) => new(point.X * scale, point.Y * scale);

    public readonly double DistanceTo(Point p) => Math.Sqrt(Math.Pow(p.X - X, 2) + Math.Pow(p.Y - Y, 2));
}

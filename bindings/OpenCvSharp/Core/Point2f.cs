namespace OpenCvSharp;

/// <summary>A point with fractions of pixels, x to the right and y down.</summary>
public record struct Point2f(float X, float Y)
{
    public float X = X;

    public float Y = Y;

    public readonly Point ToPoint() => new((int)X, (int)Y);

    public static explicit operator Point(Point2f self) => self.ToPoint();

    public static implicit operator Point2f(Point point) => new(point.X, point.Y);

    public static Point2f operator +(Point2f a, Point2f b) => new(a.X + b.X, a.Y + b.Y);

    public static Point2f operator -(Point2f a, Point2f b) => new(a.X - b.X, a.Y - b.Y);

    public static Point2f operator -(Point2f point) => new(-point.X, -point.Y);

    public static Point2f operator *(Point2f point, double scale) => new((float)(point.X * scale), (float)(point.Y * scale));

    public readonly double DistanceTo(Point2f p) => Math.Sqrt(Math.Pow(p.X - X, 2) + Math.Pow(p.Y - Y, 2));
}

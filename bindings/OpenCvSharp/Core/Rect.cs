namespace OpenCvSharp;

/// <summary>A rectangle of pixels; the right and the bottom edge are outside.</summary>
public record struct Rect(int X, int Y, int Width, int Height)
{
    public int X = X;

    public int Y = Y;

    public int Width = Width;

    public int Height = Height;

    public Rect(Point location, Size size) : this(location.X, location.Y, size.Width, size.Height) { }

    public int Left
    {
        readonly get => X;
        set => X = value;
    }

    public int Top
    {
        readonly get => Y;
        set => Y = value;
    }

    public readonly int Right => X + Width;

    public readonly int Bottom => Y + Height;

    public Point Location
    {
        readonly get => new(X, Y);
        set => (X, Y) = (value.X, value.Y);
    }

    public Size Size
    {
        readonly get => new(Width, Height);
        set => (Width, Height) = (value.Width, value.Height);
    }

    public readonly Point TopLeft => new(X, Y);

    public readonly Point BottomRight => new(X + Width, Y + Height);

    public static Rect FromLTRB(int left, int top, int right, int bottom) => new(left, top, right - left, bottom - top);

    public static Rect operator +(Rect rect, Point pt) => rect with { X = rect.X + pt.X, Y = rect.Y + pt.Y };

    public static Rect operator -(Rect rect, Point pt) => rect with { X = rect.X - pt.X, Y = rect.Y - pt.Y };

    public static Rect operator &(Rect a, Rect b) => Intersect(a, b);

    public static Rect operator |(Rect a, Rect b) => Union(a, b);

    public readonly bool Contains(int x, int y) => X <= x && Y <= y && x < Right && y < Bottom;

    public readonly bool Contains(Point pt) => Contains(pt.X, pt.Y);

    public readonly bool Contains(Rect rect) => X <= rect.X && rect.Right <= Right && Y <= rect.Y && rect.Bottom <= Bottom;

    public readonly Rect Intersect(Rect rect) => Intersect(this, rect);

    /// <summary>What both cover; all zero where they share nothing.</summary>
    public static Rect Intersect(Rect a, Rect b)
    {
        var (left, top) = (Math.Max(a.X, b.X), Math.Max(a.Y, b.Y));
        var (right, bottom) = (Math.Min(a.Right, b.Right), Math.Min(a.Bottom, b.Bottom));
        return right >= left && bottom >= top ? FromLTRB(left, top, right, bottom) : default;
    }

    public readonly bool IntersectsWith(Rect rect) => X < rect.Right && rect.X < Right && Y < rect.Bottom && rect.Y < Bottom;

    public readonly Rect Union(Rect rect) => Union(this, rect);

    /// <summary>The smallest rectangle that holds both.</summary>
    public static Rect Union(Rect a, Rect b) =>
        FromLTRB(Math.Min(a.X, b.X), Math.Min(a.Y, b.Y), Math.Max(a.Right, b.Right), Math.Max(a.Bottom, b.Bottom));
}

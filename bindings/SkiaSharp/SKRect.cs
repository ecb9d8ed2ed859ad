namespace SkiaSharp;

/// <summary>A rectangle; right and bottom are outside it.</summary>
public struct SKRect(float left, float top, float right, float bottom) : IEquatable<SKRect>
{
    public static readonly SKRect Empty;

    public float Left { readonly get; set; } = left;

    public float Top { readonly get; set; } = top;

    public float Right { readonly get; set; } = right;

    public float Bottom { readonly get; set; } = bottom;

    public readonly float Width => Right - Left;

    public readonly float Height => Bottom - Top;

    public readonly float MidX => Left + Width / 2;

    public readonly float MidY => Top + Height / 2;

    public readonly bool IsEmpty => this == Empty;

    public readonly SKSize Size => new(Width, Height);

    public readonly SKPoint Location => new(Left, Top);

    public static SKRect Create(float width, float height) => new(0, 0, width, height);

    public static SKRect Create(float x, float y, float width, float height) => new(x, y, x + width, y + height);

    public static SKRect Create(SKPoint location, SKSize size) => Create(location.X, location.Y, size.Width, size.Height);

    public static SKRect Inflate(SKRect rect, float x, float y) => new(rect.Left - x, rect.Top - y, rect.Right + x, rect.Bottom + y);

    public static SKRect Intersect(SKRect a, SKRect b) => a.IntersectsWithInclusive(b)
        ? new(Math.Max(a.Left, b.Left), Math.Max(a.Top, b.Top), Math.Min(a.Right, b.Right), Math.Min(a.Bottom, b.Bottom))
        : Empty;

    public static SKRect Union(SKRect a, SKRect b) =>
        new(Math.Min(a.Left, b.Left), Math.Min(a.Top, b.Top), Math.Max(a.Right, b.Right), Math.Max(a.Bottom, b.Bottom));

    public void Inflate(float x, float y) => this = Inflate(this, x, y);

    public void Offset(float x, float y) => this = new(Left + x, Top + y, Right + x, Bottom + y);

    public void Offset(SKPoint pos) => Offset(pos.X, pos.Y);

    public readonly bool Contains(float x, float y) => x >= Left && x < Right && y >= Top && y < Bottom;

    public readonly bool Contains(SKPoint pt) => Contains(pt.X, pt.Y);

    public readonly bool IntersectsWith(SKRect rect) => Left < rect.Right && Right > rect.Left && Top < rect.Bottom && Bottom > rect.Top;

    public readonly bool IntersectsWithInclusive(SKRect rect) =>
        Left <= rect.Right && Right >= rect.Left && Top <= rect.Bottom && Bottom >= rect.Top;

    public readonly bool Equals(SKRect obj) => Left == obj.Left && Top == obj.Top && Right == obj.Right && Bottom == obj.Bottom;

    public override readonly bool Equals(object? obj) => obj is SKRect other && Equals(other);

    public override readonly int GetHashCode() => HashCode.Combine(Left, Top, Right, Bottom);

    public override readonly string ToString() => $"{{Left={Left},Top={Top},Width={Width},Height={Height}}}";

    public static implicit operator SKRect(SKRectI r) => new(r.Left, r.Top, r.Right, r.Bottom);

    public static bool operator ==(SKRect left, SKRect right) => left.Equals(right);

    public static bool operator !=(SKRect left, SKRect right) => !left.Equals(right);
}

namespace SkiaSharp;

/// <summary>A point (x, y) in whole pixels.</summary>
public struct SKPointI(int x, int y) : IEquatable<SKPointI>
{
    public static readonly SKPointI Empty;

    public int X { readonly get; set; } = x;

    public int Y { readonly get; set; } = y;

    public readonly bool IsEmpty => this == Empty;

    public static SKPointI operator +(SKPointI pt, SKPointI sz) => new(pt.X + sz.X, pt.Y + sz.Y);

    public static SKPointI operator -(SKPointI pt, SKPointI sz) => new(pt.X - sz.X, pt.Y - sz.Y);

    public static implicit operator SKPoint(SKPointI p) => new(p.X, p.Y);

    public readonly bool Equals(SKPointI obj) => X == obj.X && Y == obj.Y;

    public override readonly bool Equals(object? obj) => obj is SKPointI other && Equals(other);

    public override readonly int GetHashCode() => HashCode.Combine(X, Y);

    public override readonly string ToString() => $"{{X={X},Y={Y}}}";

    public static bool operator ==(SKPointI left, SKPointI right) => left.Equals(right);

    public static bool operator !=(SKPointI left, SKPointI right) => !left.Equals(right);
}

namespace SkiaSharp;

/// <summary>A width and a height.</summary>
public struct SKSize(float width, float height) : IEquatable<SKSize>
{
    public static readonly SKSize Empty;

    public float Width { readonly get; set; } = width;

    public float Height { readonly get; set; } = height;

    public readonly bool IsEmpty => this == Empty;

    public readonly SKPoint ToPoint() => new(Width, Height);

    public readonly SKSizeI ToSizeI() => new((int)Width, (int)Height);

    public readonly bool Equals(SKSize obj) => Width == obj.Width && Height == obj.Height;

    public override readonly bool Equals(object? obj) => obj is SKSize other && Equals(other);

    public override readonly int GetHashCode() => HashCode.Combine(Width, Height);

    public override readonly string ToString() => $"{{Width={Width}, Height={Height}}}";

    public static bool operator ==(SKSize left, SKSize right) => left.Equals(right);

    public static bool operator !=(SKSize left, SKSize right) => !left.Equals(right);
}

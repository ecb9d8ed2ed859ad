namespace SkiaSharp;

/// <summary>A rectangle of whole pixels; right and bottom are outside it.</summary>
public struct SKRectI(int left, int top, int right, int bottom) : IEquatable<SKRectI>
{
    public static readonly SKRectI Empty;

    public int Left { readonly get; set; } = left;

    public int Top { readonly get; set; } = top;

    public int Right { readonly get; set; } = right;

    public int Bottom { readonly get; set; } = bottom;

    public readonly int Width => Right - Left;

    public readonly int Height => Bottom - Top;

    public readonly int MidX => Left + Width / 2;

    public readonly int MidY => Top + Height / 2;

    public readonly bool IsEmpty => this == Empty;

    public readonly SKSizeI Size => new(Width, Height);

    public readonly SKPointI Location => new(Left, Top);

    public static SKRectI Create(int width, int height) => new(0, 0, width, height);

    public static SKRectI Create(int x, int y, int width, int height) => new(x, y, x + width, y + height);

    public readonly bool Contains(int x, int y) => x >= Left && x < Right && y >= Top && y < Bottom;

    public readonly bool Equals(SKRectI obj) => Left == obj.Left && Top == obj.Top && Right == obj.Right && Bottom == obj.Bottom;

    public override readonly bool Equals(object? obj) => obj is SKRectI other && Equals(other);

    public override readonly int GetHashCode() => HashCode.Combine(Left, Top, Right, Bottom);

    public override readonly string ToString() => $"{{Left={Left},Top={Top},Width={Width},Height={Height}}}";

    public static bool operator ==(SKRectI left, SKRectI right) => left.Equals(right);

    public static bool operator !=(SKRectI left, SKRectI right) => !left.Equals(right);
}

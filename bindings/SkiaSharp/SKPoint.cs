using System.Numerics;

namespace SkiaSharp;

/// <summary>A point (x, y) in pixels or the canvas's units.</summary>
public struct SKPoint(float x, float y) : IEquatable<SKPoint>
{
    public static readonly SKPoint Empty;

    public float X { readonly get; set; } = x;

    public float Y { readonly get; set; } = y;

    public readonly bool IsEmpty => this == Empty;

    public readonly float Length => MathF.Sqrt(LengthSquared);

    public readonly float LengthSquared => X * X + Y * Y;

    public void Offset(SKPoint p) => Offset(p.X, p.Y);

    public void Offset(float dx, float dy) => (X, Y) = (X + dx, Y + dy);

    public static SKPoint Normalize(SKPoint point) => new(point.X / point.Length, point.Y / point.Length);

    public static float Distance(SKPoint point, SKPoint other) => (point - other).Length;

    public static float DistanceSquared(SKPoint point, SKPoint other) => (point - other).LengthSquared;

    public static SKPoint operator +(SKPoint pt, SKPoint sz) => new(pt.X + sz.X, pt.Y + sz.Y);

    public static SKPoint operator -(SKPoint pt, SKPoint sz) => new(pt.X - sz.X, pt.Y - sz.Y);

    public static SKPoint operator +(SKPoint pt, SKSize sz) => new(pt.X + sz.Width, pt.Y + sz.Height);

    public static SKPoint operator -(SKPoint pt, SKSize sz) => new(pt.X - sz.Width, pt.Y - sz.Height);

    public static implicit operator Vector2(SKPoint point) => new(point.X, point.Y);

    public static implicit operator SKPoint(Vector2 vector) => new(vector.X, vector.Y);

    public readonly bool Equals(SKPoint obj) => X == obj.X && Y == obj.Y;

    public override readonly bool Equals(object? obj) => obj is SKPoint other && Equals(other);

    public override readonly int GetHashCode() => HashCode.Combine(X, Y);

    public override readonly string ToString() => $"{{X={X}, Y={Y}}}";

    public static bool operator ==(SKPoint left, SKPoint right) => left.Equals(right);

    public static bool operator !=(SKPoint left, SKPoint right) => !left.Equals(right);
}

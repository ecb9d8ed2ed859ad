namespace SkiaSharp;

/// <summary>
/// A 3x3 matrix: x' = (ScaleX·x + SkewX·y + TransX) / w and y' = (SkewY·x + ScaleY·y + TransY) / w. A canvas takes those without
/// perspective.
/// </summary>
public struct SKMatrix(
    float scaleX, float skewX, float transX, float skewY, float scaleY, float transY, float persp0, float persp1, float persp2)
        : IEquatable<SKMatrix>
{
    public static readonly SKMatrix Empty;
    public static readonly SKMatrix Identity = CreateScale(1, 1);

    public float ScaleX { readonly get; set; } = scaleX;

    public float SkewX { readonly get; set; } = skewX;

    public float TransX { readonly get; set; } = transX;

    public float SkewY { readonly get; set; } = skewY;

    public float ScaleY { readonly get; set; } = scaleY;

    public float TransY { readonly get; set; } = transY;

    public float Persp0 { readonly get; set; } = persp0;

    public float Persp1 { readonly get; set; } = persp1;

    public float Persp2 { readonly get; set; } = persp2;

    public readonly bool IsIdentity => Equals(Identity);

    public static SKMatrix CreateIdentity() => Identity;

    public static SKMatrix CreateTranslation(float x, float y) => new(1, 0, x, 0, 1, y, 0, 0, 1);

    public static SKMatrix CreateScale(float x, float y) => new(x, 0, 0, 0, y, 0, 0, 0, 1);

    public static SKMatrix CreateScale(float x, float y, float pivotX, float pivotY) =>
        CreateScaleTranslation(x, y, pivotX - x * pivotX, pivotY - y * pivotY);

    public static SKMatrix CreateScaleTranslation(float sx, float sy, float tx, float ty) => new(sx, 0, tx, 0, sy, ty, 0, 0, 1);

    public static SKMatrix CreateSkew(float x, float y) => new(1, x, 0, y, 1, 0, 0, 0, 1);

    public static SKMatrix CreateRotation(float radians) => CreateRotation(radians, 0, 0);

    public static SKMatrix CreateRotation(float radians, float pivotX, float pivotY)
    {
        var (sin, cos) = MathF.SinCos(radians);
        return new(cos, -sin, pivotX - cos * pivotX + sin * pivotY, sin, cos, pivotY - sin * pivotX - cos * pivotY, 0, 0, 1);
    }

    public static SKMatrix CreateRotationDegrees(float degrees) => CreateRotation(degrees * MathF.PI / 180);

    public static SKMatrix CreateRotationDegrees(float degrees, float pivotX, float pivotY) =>
        CreateRotation(degrees * MathF.PI / 180, pivotX, pivotY);

    /// <summary>The matrix that applies <paramref name="second"/> first and then <paramref name="first"/>, as Skia's does.</summary>
    public static SKMatrix Concat(SKMatrix first, SKMatrix second) => new(
        first.ScaleX * second.ScaleX + first.SkewX * second.SkewY + first.TransX * second.Persp0,
        first.ScaleX * second.SkewX + first.SkewX * second.ScaleY + first.TransX * second.Persp1,
        first.ScaleX * second.TransX + first.SkewX * second.TransY + first.TransX * second.Persp2,
        first.SkewY * second.ScaleX + first.ScaleY * second.SkewY + first.TransY * second.Persp0,
        first.SkewY * second.SkewX + first.ScaleY * second.ScaleY + first.TransY * second.Persp1,
        first.SkewY * second.TransX + first.ScaleY * second.TransY + first.TransY * second.Persp2,
        first.Persp0 * second.ScaleX + first.Persp1 * second.SkewY + first.Persp2 * second.Persp0,
        first.Persp0 * second.SkewX + first.Persp1 * second.ScaleY + first.Persp2 * second.Persp1,
        first.Persp0 * second.TransX + first.Persp1 * second.TransY + first.Persp2 * second.Persp2);

    public readonly SKMatrix PreConcat(SKMatrix matrix) => Concat(this, matrix);

    public readonly SKMatrix PostConcat(SKMatrix matrix) => Concat(matrix, this);

    public readonly SKPoint MapPoint(SKPoint point) => MapPoint(point.X, point.Y);

    public readonly SKPoint MapPoint(float x, float y)
    {
        var w = Persp0 * x + Persp1 * y + Persp2;
        return new((ScaleX * x + SkewX * y + TransX) / w, (SkewY * x + ScaleY * y + TransY) / w);
    }

    public readonly bool Equals(SKMatrix obj) =>
        ScaleX == obj.ScaleX && SkewX == obj.SkewX && TransX == obj.TransX && SkewY == obj.SkewY && ScaleY == obj.ScaleY
        && TransY == obj.TransY && Persp0 == obj.Persp0 && Persp1 == obj.Persp1 && Persp2 == obj.Persp2;

    public override readonly bool Equals(object? obj) => obj is SKMatrix other && Equals(other);

    public override readonly int GetHashCode() => HashCode.Combine(ScaleX, SkewX, TransX, SkewY, ScaleY, TransY);

    public static bool operator ==(SKMatrix left, SKMatrix right) => left.Equals(right);

    public static bool operator !=(SKMatrix left, SKMatrix right) => !left.Equals(right);
}

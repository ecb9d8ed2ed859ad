namespace Seg.Models.Codecs;

/// <summary>
/// A map of the plane that keeps lines straight and parallel: x' = XX · x + XY · y + X0, y' = YX · x + YY · y + Y0; the 2x3 matrix that
/// OpenCV takes.
/// </summary>
public readonly record struct AffineMap(double XX, double XY, double X0, double YX, double YY, double Y0)
{
    public (double X, double Y) Apply(double x, double y) => (XX * x + XY * y + X0, YX * x + YY * y + Y0);

    /// <summary>The map that undoes this one.</summary>
    /// <exception cref="InvalidOperationException">The map puts the plane onto a line or a point.</exception>
    public AffineMap Inverse()
    {
        var determinant = XX * YY - XY * YX;
        if (determinant == 0 || !double.IsFinite(determinant))
            throw new InvalidOperationException("An affine map without extent has no inverse.");
        var (xx, xy, yx, yy) = (YY / determinant, -XY / determinant, -YX / determinant, XX / determinant);
        return new(xx, xy, -(xx * X0 + xy * Y0), yx, yy, -(yx * X0 + yy * Y0));
    }
}

using OpenCvSharp.Internal;

namespace OpenCvSharp;

public partial class Mat
{
    /// <summary>A region, which shares the pixels.</summary>
    public Mat this[Rect roi] => SubMat(roi);

    /// <inheritdoc cref="this[Rect]"/>
    public Mat this[int rowStart, int rowEnd, int colStart, int colEnd] => SubMat(rowStart, rowEnd, colStart, colEnd);

    /// <inheritdoc cref="this[Rect]"/>
    public Mat this[Range rowRange, Range colRange] => SubMat(rowRange, colRange);

    /// <inheritdoc cref="this[Rect]"/>
    /// <exception cref="OpenCVException">The region does not lie within the matrix.</exception>
    public Mat SubMat(Rect roi) => new(this, roi);

    /// <inheritdoc cref="this[Rect]"/>
    public Mat SubMat(int rowStart, int rowEnd, int colStart, int colEnd) =>
        new(this, Rect.FromLTRB(colStart, rowStart, colEnd, rowEnd));

    /// <inheritdoc cref="this[Rect]"/>
    public Mat SubMat(Range rowRange, Range colRange)
    {
        var size = Size();
        var (rows, columns) = (Resolve(rowRange, size.Height), Resolve(colRange, size.Width));
        return SubMat(rows.Start, rows.End, columns.Start, columns.End);

        static Range Resolve(Range range, int count) => range == Range.All ? new Range(0, count) : range;
    }

    /// <summary>A row, which shares the pixels.</summary>
    public Mat Row(int y) => RowRange(y, y + 1);

    /// <summary>A column, which shares the pixels.</summary>
    public Mat Col(int x) => ColRange(x, x + 1);

    /// <summary>Rows from the first up to, not with, the last, which share the pixels.</summary>
    public Mat RowRange(int startRow, int endRow) => SubMat(startRow, endRow, 0, Cols);

    public Mat RowRange(Range range) => SubMat(range, Range.All);

    /// <summary>Columns from the first up to, not with, the last, which share the pixels.</summary>
    public Mat ColRange(int startCol, int endCol) => SubMat(0, Rows, startCol, endCol);

    public Mat ColRange(Range range) => SubMat(Range.All, range);

    /// <summary>The same pixels under another number of channels and rows; 0: as they are.</summary>
    public Mat Reshape(int cn, int rows = 0)
    {
        NativeMethods.Check(NativeMethods.ocv_mat_reshape(Handle, cn, rows, out var result));
        return Sharing(result);
    }

    /// <summary>A copy with pixels of its own.</summary>
    public Mat Clone()
    {
        NativeMethods.Check(NativeMethods.ocv_mat_clone(Handle, out var result));
        return new Mat(result);
    }

    /// <summary>A copy of a region, with pixels of its own.</summary>
    public Mat Clone(Rect roi)
    {
        using var region = SubMat(roi);
        return region.Clone();
    }

    /// <summary>Copies the pixels, or those where the mask is not 0, into <paramref name="m"/>, which is resized to fit.</summary>
    public void CopyTo(Mat m, InputArray? mask = null)
    {
        ArgumentNullException.ThrowIfNull(m);
        NativeMethods.Check(NativeMethods.ocv_mat_copy_to(Handle, m.Handle, InputArray.OptionalHandle(mask)));
    }

    /// <inheritdoc cref="CopyTo(Mat, InputArray)"/>
    public void CopyTo(OutputArray m, InputArray? mask = null)
    {
        ArgumentNullException.ThrowIfNull(m);
        CopyTo(m.Mat, mask);
    }

    /// <summary>Writes saturate(alpha · value + beta) in another type.</summary>
    /// <param name="rtype">Its depth counts; the channels stay.</param>
    public void ConvertTo(OutputArray m, MatType rtype, double alpha = 1, double beta = 0)
    {
        ArgumentNullException.ThrowIfNull(m);
        NativeMethods.Check(NativeMethods.ocv_mat_convert_to(Handle, m.Handle, rtype.Value, alpha, beta));
    }

    /// <summary>Sets all pixels, or those where the mask is not 0.</summary>
    public Mat SetTo(Scalar value, Mat? mask = null)
    {
        using var values = InputArray.Create(value);
        return SetTo(values, mask);
    }

    /// <inheritdoc cref="SetTo(Scalar, Mat)"/>
    public Mat SetTo(InputArray value, Mat? mask = null)
    {
        ArgumentNullException.ThrowIfNull(value);
        NativeMethods.Check(NativeMethods.ocv_mat_set_to(Handle, value.Handle, mask?.Handle ?? MatHandle.None));
        return this;
    }

    /// <summary>Makes the matrix this large; pixels are lost unless size and type are the same already.</summary>
    public void Create(int rows, int cols, MatType type) => NativeMethods.Check(NativeMethods.ocv_mat_recreate(Handle, rows, cols, type.Value));

    public void Create(Size size, MatType type) => Create(size.Height, size.Width, type);

    /// <summary>Encodes the image; see <see cref="Cv2.ImEncode(string, InputArray, out byte[], int[])"/>.</summary>
    public byte[] ToBytes(string ext = ".png", int[]? prms = null)
    {
        Cv2.ImEncode(ext, this, out var bytes, prms);
        return bytes;
    }

    private static MatHandle RegionHandle(Mat mat, Rect roi)
    {
        ArgumentNullException.ThrowIfNull(mat);
        NativeMethods.Check(NativeMethods.ocv_mat_region(mat.Handle, roi, out var region));
        region.Memory = mat.Handle.Memory;
        return region;
    }

    private Mat Sharing(MatHandle result)
    {
        result.Memory = handle.Memory;
        return new Mat(result);
    }
}

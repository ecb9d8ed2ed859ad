using OpenCvSharp.Internal;

namespace OpenCvSharp;

/// <summary>An image or a matrix in native memory. Regions of it (<see cref="SubMat(Rect)"/>) share its pixels and keep them alive.</summary>
/// <remarks>
/// Pixels are reached by (row, column), bounds-checked, or as a pointer that is valid until the matrix is disposed or resized. Any member of a
/// disposed matrix throws <see cref="ObjectDisposedException"/>; what OpenCV refuses throws <see cref="OpenCVException"/>.
/// </remarks>
public partial class Mat : DisposableObject
{
    private readonly MatHandle handle;

    /// <summary>An empty matrix, for a function to fill.</summary>
    public Mat()
    {
        NativeMethods.Check(NativeMethods.ocv_mat_new(out handle));
    }

    /// <summary>Reads an image file; empty where that fails, as <see cref="Cv2.ImRead"/>.</summary>
    public Mat(string fileName, ImreadModes flags = ImreadModes.Color)
    {
        ArgumentException.ThrowIfNullOrEmpty(fileName);
        NativeMethods.Check(NativeMethods.ocv_imread(fileName, flags, out handle));
    }

    /// <summary>A matrix of pixels that are not set to anything.</summary>
    public Mat(int rows, int cols, MatType type)
    {
        NativeMethods.Check(NativeMethods.ocv_mat_create(rows, cols, type.Value, out handle));
    }

    public Mat(Size size, MatType type) : this(size.Height, size.Width, type) { }

    /// <summary>A matrix of equal pixels.</summary>
    public Mat(int rows, int cols, MatType type, Scalar s) : this(rows, cols, type) => SetTo(s);

    public Mat(Size size, MatType type, Scalar s) : this(size.Height, size.Width, type, s) { }

    /// <summary>A region of another matrix, which shares its pixels.</summary>
    public Mat(Mat m, Rect roi) : this(RegionHandle(m, roi)) { }

    internal Mat(MatHandle handle) => this.handle = handle;

    /// <summary>The native matrix.</summary>
    /// <exception cref="ObjectDisposedException">The matrix has been disposed.</exception>
    internal MatHandle Handle
    {
        get
        {
            ThrowIfDisposed();
            return handle;
        }
    }

    /// <summary>A matrix over memory of the caller's, which must outlive it and every region of it.</summary>
    /// <param name="step">Bytes from one row to the next; 0: rows lie without gaps.</param>
    public static Mat FromPixelData(int rows, int cols, MatType type, IntPtr data, long step = 0)
    {
        if (data == 0 && rows > 0 && cols > 0)
            throw new ArgumentNullException(nameof(data));
        NativeMethods.Check(NativeMethods.ocv_mat_from_data(rows, cols, type.Value, data, step, out var handle));
        return new Mat(handle);
    }

    /// <summary>A matrix over the array, which keeps its place in memory until the matrix and all regions of it are disposed.</summary>
    /// <exception cref="ArgumentException">The array is shorter than the matrix.</exception>
    public static Mat FromPixelData(int rows, int cols, MatType type, Array data, long step = 0)
    {
        ArgumentNullException.ThrowIfNull(data);
        var handle = PinnedHandle(rows, cols, type, data, step);
        return new Mat(handle);
    }

    /// <summary>A copy of the values, one a row.</summary>
    public static Mat<TElem> FromArray<TElem>(params TElem[] arr) where TElem : unmanaged
    {
        ArgumentNullException.ThrowIfNull(arr);
        if (arr.Length == 0)
            throw new ArgumentException("A matrix needs at least one value.", nameof(arr));
        var mat = new Mat<TElem>(arr.Length, 1);
        arr.CopyTo(mat.AsSpan<TElem>());
        return mat;
    }

    /// <summary>A copy of the values in their rows and columns.</summary>
    public static Mat<TElem> FromArray<TElem>(TElem[,] arr) where TElem : unmanaged
    {
        ArgumentNullException.ThrowIfNull(arr);
        if (arr.Length == 0)
            throw new ArgumentException("A matrix needs at least one value.", nameof(arr));
        var mat = new Mat<TElem>(arr.GetLength(0), arr.GetLength(1));
        var index = 0;
        var values = mat.AsSpan<TElem>();
        foreach (var value in arr)
            values[index++] = value;
        return mat;
    }

    public static Mat<TElem> FromArray<TElem>(IEnumerable<TElem> enumerable) where TElem : unmanaged => FromArray(enumerable.ToArray());

    /// <summary>Decodes an image; empty where no decoder reads the bytes.</summary>
    public static Mat ImDecode(byte[] imageBytes, ImreadModes mode = ImreadModes.Color) => Cv2.ImDecode(imageBytes, mode);

    /// <summary>Lets go of the pixels; the matrix cannot be used afterwards.</summary>
    public void Release() => Dispose();

    public override string ToString() =>
        IsDisposed ? "Mat [disposed]" : $"Mat [ {Rows}*{Cols}*{Type()}, IsContinuous={IsContinuous()}, IsSubmatrix={IsSubmatrix()} ]";

    protected override void Dispose(bool disposing)
    {
        handle.Dispose();
        base.Dispose(disposing);
    }

    private static MatHandle PinnedHandle(int rows, int cols, MatType type, Array data, long step)
    {
        var memory = new PinnedArray(data);
        memory.AddReference();
        try
        {
            NativeMethods.Check(NativeMethods.ocv_mat_from_data(rows, cols, type.Value, memory.Address, step, out var handle));
            handle.Memory = memory;
            var header = Describe(handle);
            var needed = rows == 0 || cols == 0 ? 0 : header.Step * (rows - 1) + (long)cols * header.ElementSize;
            if (needed <= memory.ByteLength)
                return handle;
            handle.Dispose();
            throw new ArgumentException(
                $"A matrix of {rows} x {cols} pixels of {type} needs {needed} bytes; the array has {memory.ByteLength}.", nameof(data));
        }
        finally
        {
            memory.Release();
        }
    }
}

using System.Runtime.CompilerServices;
using OpenCvSharp.Internal;

namespace OpenCvSharp;

public partial class Mat
{
    /// <summary>Rows, or -1 for more than two dimensions.</summary>
    public int Rows => Header.Rows;

    public int Height => Header.Rows;

    /// <summary>Columns, or -1 for more than two dimensions.</summary>
    public int Cols => Header.Cols;

    public int Width => Header.Cols;

    public int Dims => Header.Dims;

    /// <summary>The first pixel; zero when empty.</summary>
    public IntPtr Data => Header.Data;

    /// <inheritdoc cref="Data"/>
    public unsafe byte* DataPointer => (byte*)Header.Data;

    private MatHeader Header => Describe(Handle);

    public MatType Type() => Header.Type;

    public int Depth() => Type().Depth;

    public int Channels() => Type().Channels;

    /// <summary>Bytes of a pixel.</summary>
    public int ElemSize() => Header.ElementSize;

    /// <summary>Bytes of one channel of a pixel.</summary>
    public int ElemSize1()
    {
        var header = Header;
        return header.ElementSize / ((MatType)header.Type).Channels;
    }

    /// <summary>Bytes from one row to the next.</summary>
    public long Step() => Header.Step;

    /// <summary>Bytes from one row (0) or one pixel (1) to the next.</summary>
    public long Step(int i) => i switch
    {
        0 => Header.Step,
        1 => Header.ElementSize,
        _ => throw new ArgumentOutOfRangeException(nameof(i), i, "A matrix has the dimensions 0 and 1."),
    };

    /// <summary>Number of pixels.</summary>
    public long Total()
    {
        var header = Header;
        return (long)header.Rows * header.Cols;
    }

    public bool Empty()
    {
        var header = Header;
        return header.Data == 0 || header.Rows == 0 || header.Cols == 0;
    }

    /// <summary>Whether the rows lie without gaps.</summary>
    public bool IsContinuous() => Header.Continuous != 0;

    /// <summary>Whether this is a region of a larger matrix.</summary>
    public bool IsSubmatrix() => Header.Submatrix != 0;

    public Size Size()
    {
        var header = Header;
        return new Size(header.Cols, header.Rows);
    }

    /// <summary>Rows (0) or columns (1).</summary>
    public int Size(int dim) => dim switch
    {
        0 => Header.Rows,
        1 => Header.Cols,
        _ => throw new ArgumentOutOfRangeException(nameof(dim), dim, "A matrix has the dimensions 0 and 1."),
    };

    /// <summary>The first pixel of a row.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public IntPtr Ptr(int i0)
    {
        var header = Header;
        CheckIndex(i0, header.Rows, nameof(i0), "row");
        return header.Data + (nint)(i0 * header.Step);
    }

    /// <summary>The pixel at (row, column).</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such pixel.</exception>
    public IntPtr Ptr(int i0, int i1)
    {
        var header = Header;
        return Pixel(in header, i0, i1);
    }

    /// <summary>The first value of a row.</summary>
    /// <exception cref="OpenCvSharpException">A row holds less than a <typeparamref name="T"/>.</exception>
    public unsafe ref T At<T>(int i0) where T : unmanaged
    {
        return ref Unsafe.AsRef<T>((void*)Checked<T>(i0));
    }

    /// <summary>The value at (row, column), from the pixel's first channel on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such pixel.</exception>
    /// <exception cref="OpenCvSharpException">A pixel holds less than a <typeparamref name="T"/>.</exception>
    public unsafe ref T At<T>(int i0, int i1) where T : unmanaged
    {
        return ref Unsafe.AsRef<T>((void*)Checked<T>(i0, i1));
    }

    /// <inheritdoc cref="At{T}(int)"/>
    public T Get<T>(int i0) where T : struct => Read<T>(Checked<T>(i0));

    /// <inheritdoc cref="At{T}(int, int)"/>
    public T Get<T>(int i0, int i1) where T : struct => Read<T>(Checked<T>(i0, i1));

    /// <inheritdoc cref="At{T}(int)"/>
    public void Set<T>(int i0, T value) where T : struct => Write(Checked<T>(i0), value);

    /// <inheritdoc cref="At{T}(int, int)"/>
    public void Set<T>(int i0, int i1, T value) where T : struct => Write(Checked<T>(i0, i1), value);

    /// <summary>All values in their order; empty where the rows lie with gaps. Valid until the matrix is disposed or resized.</summary>
    public unsafe Span<T> AsSpan<T>() where T : unmanaged
    {
        var header = Header;
        return header.Continuous == 0
            ? []
            : new Span<T>((void*)header.Data, checked((int)((long)header.Rows * header.Cols * header.ElementSize / sizeof(T))));
    }

    /// <summary>A copy of all values, row by row.</summary>
    /// <exception cref="OpenCvSharpException">A row is no whole number of <typeparamref name="T"/>.</exception>
    public unsafe bool GetArray<T>(out T[] data) where T : unmanaged
    {
        var header = Header;
        var perRow = ValuesPerRow<T>(in header);
        data = new T[header.Rows * perRow];
        for (var row = 0; row < header.Rows; row++)
            RowSpan<T>(in header, row, perRow).CopyTo(data.AsSpan(row * perRow));
        GC.KeepAlive(this);
        return true;
    }

    /// <summary>Fills the matrix from values, row by row.</summary>
    /// <exception cref="ArgumentException">There are more or fewer values than the matrix holds.</exception>
    public unsafe bool SetArray<T>(params T[] data) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(data);
        var header = Header;
        var perRow = ValuesPerRow<T>(in header);
        if (data.Length != header.Rows * perRow)
            throw new ArgumentException($"The matrix holds {header.Rows * perRow} values; {data.Length} were given.", nameof(data));
        for (var row = 0; row < header.Rows; row++)
            data.AsSpan(row * perRow, perRow).CopyTo(RowSpan<T>(in header, row, perRow));
        GC.KeepAlive(this);
        return true;
    }

    private static unsafe MatHeader Describe(MatHandle handle)
    {
        MatHeader header;
        NativeMethods.ocv_mat_describe(handle, &header);
        return header;
    }

    private static IntPtr Pixel(in MatHeader header, int row, int column)
    {
        CheckIndex(row, header.Rows, nameof(row), "row");
        CheckIndex(column, header.Cols, nameof(column), "column");
        return header.Data + (nint)(row * header.Step) + (nint)column * header.ElementSize;
    }

    private IntPtr Checked<T>(int i0) where T : struct
    {
        var header = Header;
        CheckIndex(i0, header.Rows, nameof(i0), "row");
        CheckValueSize<T>(header.ElementSize * (long)header.Cols);
        return header.Data + (nint)(i0 * header.Step);
    }

    private IntPtr Checked<T>(int i0, int i1) where T : struct
    {
        var header = Header;
        var pixel = Pixel(in header, i0, i1);
        CheckValueSize<T>(header.ElementSize);
        return pixel;
    }

    private unsafe T Read<T>(IntPtr pixel) where T : struct
    {
        var value = Unsafe.Read<T>((void*)pixel);
        GC.KeepAlive(this);
        return value;
    }

    private unsafe void Write<T>(IntPtr pixel, T value) where T : struct
    {
        Unsafe.Write((void*)pixel, value);
        GC.KeepAlive(this);
    }

    private static void CheckIndex(int index, int count, string name, string what)
    {
        if ((uint)index >= (uint)Math.Max(count, 0))
            throw new ArgumentOutOfRangeException(name, index, $"The matrix has {count} {what}s.");
    }

    private static void CheckValueSize<T>(long available) where T : struct
    {
        // A value with references in it would let the garbage collector look at pixels.
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
            throw new OpenCvSharpException($"{typeof(T).Name} holds references; a matrix holds plain numbers.");
        if (Unsafe.SizeOf<T>() > available)
            throw new OpenCvSharpException($"A {typeof(T).Name} has {Unsafe.SizeOf<T>()} bytes; there are {available} here.");
    }

    private static unsafe int ValuesPerRow<T>(in MatHeader header) where T : unmanaged
    {
        var rowBytes = (long)header.Cols * header.ElementSize;
        if (rowBytes % sizeof(T) != 0)
            throw new OpenCvSharpException($"A row of {rowBytes} bytes is no whole number of {typeof(T).Name} ({sizeof(T)} bytes).");
        return checked((int)(rowBytes / sizeof(T)));
    }

    private static unsafe Span<T> RowSpan<T>(in MatHeader header, int row, int length) where T : unmanaged =>
        new((void*)(header.Data + (nint)(row * header.Step)), length);
}

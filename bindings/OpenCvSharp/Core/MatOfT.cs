namespace OpenCvSharp;

/// <summary>A matrix whose pixels are <typeparamref name="TElem"/>.</summary>
public class Mat<TElem> : Mat where TElem : unmanaged
{
    /// <summary>A matrix of pixels that are not set to anything.</summary>
    /// <exception cref="NotSupportedException"><typeparamref name="TElem"/> is no pixel type.</exception>
    public Mat(int rows, int cols) : base(rows, cols, PixelType) { }

    private static MatType PixelType => PixelTypes.Of<TElem>();

    /// <summary>All values, row by row.</summary>
    public TElem[] ToArray()
    {
        GetArray(out TElem[] values);
        return values;
    }
}

using OpenCvSharp;

namespace Seg.Predict.Imaging;

/// <summary>A matrix's memory, row by row.</summary>
public static class MatExtensions
{
    /// <summary>The bytes of a row's pixels, without what may follow to fill the row up. Good for as long as the matrix is not disposed.</summary>
    /// <param name="matrix">Of 8 bits a channel.</param>
    public static unsafe Span<byte> RowBytes(this Mat matrix, int row) => new((void*)matrix.Ptr(row), matrix.Cols * matrix.Channels());

    /// <summary>As <see cref="RowBytes"/>, of a matrix whose channels are of another type.</summary>
    internal static unsafe Span<T> RowValues<T>(this Mat matrix, int row)
        where T : unmanaged => new((void*)matrix.Ptr(row), matrix.Cols * matrix.Channels());

    /// <summary>The map's own memory as a CV_8UC1 matrix; good for as long as the map is.</summary>
    internal static Mat AsMat(this LabelMap map) => Mat.FromPixelData(map.Height, map.Width, MatType.CV_8UC1, map.Labels);

    /// <summary>A picture of another size: bilinear where it is enlarged, the means of areas where it is shrunk.</summary>
    public static Mat Resized(this Mat image, Size size)
    {
        var resized = new Mat();
        Cv2.Resize(image, resized, size, interpolation: size.Width < image.Cols ? InterpolationFlags.Area : InterpolationFlags.Linear);
        return resized;
    }

    /// <summary>Copies class ids into a map of their own.</summary>
    /// <param name="labels">CV_8UC1.</param>
    /// <exception cref="ArgumentException">Of another type.</exception>
    public static LabelMap ToLabelMap(this Mat labels)
    {
        if (labels.Type() != MatType.CV_8UC1)
            throw new ArgumentException($"Class ids are CV_8UC1, not {labels.Type()}.", nameof(labels));
        var ids = new byte[labels.Rows * labels.Cols];
        for (var y = 0; y < labels.Rows; y++)
            labels.RowBytes(y).CopyTo(ids.AsSpan(y * labels.Cols));
        GC.KeepAlive(labels);
        return new LabelMap(labels.Cols, labels.Rows, ids);
    }
}

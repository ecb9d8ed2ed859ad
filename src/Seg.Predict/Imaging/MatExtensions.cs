using OpenCvSharp;

namespace Seg.Predict.Imaging;

/// <summary>A matrix's memory, row by row.</summary>
public static class MatExtensions
{
    /// <summary>The bytes of a row's pixels, without what may follow to fill the row up. Good for as long as the matrix is not disposed.</summary>
    /// <param name="matrix">Of 8 bits a channel.</param>
    public static unsafe Span<byte> RowBytes(this Mat matrix, int row) => new((void*)matrix.Ptr(row), matrix.Cols * matrix.Channels());
}

using OpenCvSharp.Internal;

namespace OpenCvSharp;

/// <summary>What a function writes: a matrix, which it resizes to fit.</summary>
public class OutputArray
{
    protected OutputArray(Mat mat)
    {
        ArgumentNullException.ThrowIfNull(mat);
        Mat = mat;
    }

    internal Mat Mat { get; }

    internal MatHandle Handle => Mat.Handle;

    public static OutputArray Create(Mat mat) => new(mat);

    public static implicit operator OutputArray(Mat mat) => Create(mat);
}

using OpenCvSharp.Internal;

namespace OpenCvSharp;

/// <summary>What a function reads: a matrix, a number, a colour or an array of values.</summary>
public class InputArray : IDisposable
{
    private readonly Mat mat;
    private readonly bool ownsMat;

    private InputArray(Mat mat, bool ownsMat)
    {
        this.mat = mat;
        this.ownsMat = ownsMat;
    }

    internal MatHandle Handle => mat.Handle;

    public static InputArray Create(Mat mat)
    {
        ArgumentNullException.ThrowIfNull(mat);
        return new InputArray(mat, ownsMat: false);
    }

    /// <summary>Four numbers, which stand for a pixel of every position.</summary>
    public static InputArray Create(Scalar val)
    {
        // OpenCV takes a 4 x 1 matrix of doubles for a scalar.
        var values = new Mat(4, 1, MatType.CV_64FC1);
        for (var i = 0; i < 4; i++)
            values.Set(i, val[i]);
        return new InputArray(values, ownsMat: true);
    }

    /// <summary>One number, which stands for every channel of every pixel where the image has one channel.</summary>
    public static InputArray Create(double val)
    {
        var value = new Mat(1, 1, MatType.CV_64FC1);
        value.Set(0, 0, val);
        return new InputArray(value, ownsMat: true);
    }

    /// <summary>A copy of the values, one a row.</summary>
    public static InputArray Create<T>(T[] array) where T : unmanaged => new(Mat.FromArray(array), ownsMat: true);

    public static InputArray Create<T>(IEnumerable<T> enumerable) where T : unmanaged => Create(enumerable.ToArray());

    public static implicit operator InputArray(Mat mat) => Create(mat);

    public static implicit operator InputArray(Scalar val) => Create(val);

    public static implicit operator InputArray(double val) => Create(val);

    /// <summary>Frees what was made for this argument; a matrix of the caller's is left alone.</summary>
    public void Dispose()
    {
        if (ownsMat)
            mat.Dispose();
        GC.SuppressFinalize(this);
    }

    internal static MatHandle OptionalHandle(InputArray? array) => array?.Handle ?? MatHandle.None;
}

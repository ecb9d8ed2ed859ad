namespace OpenCvSharp;

/// <summary>What a function reads and writes in place.</summary>
public class InputOutputArray : OutputArray
{
    private InputOutputArray(Mat mat) : base(mat) { }

    public static new InputOutputArray Create(Mat mat) => new(mat);

    public static implicit operator InputOutputArray(Mat mat) => Create(mat);
}

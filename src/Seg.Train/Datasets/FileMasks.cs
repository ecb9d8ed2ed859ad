using OpenCvSharp;
using Seg.Predict.Imaging;

namespace Seg.Train.Datasets;

/// <summary>Masks that are files of class ids.</summary>
internal sealed class FileMasks(ClassTable classes) : IMaskReader
{
    private readonly MaskEncoding encoding = classes.Encoding;

    public Mat Read(SamplePaths sample, int width, int height)
    {
        var mask = ImageFile.ReadGray(sample.Mask!);
        try
        {
            // A mask of the wrong size is told before its values are: they may well be those of another picture.
            if (mask.Cols == width && mask.Rows == height)
                encoding.Decode(mask, sample.Mask!);
            return mask;
        }
        catch
        {
            mask.Dispose();
            throw;
        }
    }
}

using OpenCvSharp;
using Seg.Models;
using Seg.Predict.Imaging;

namespace Seg.Train.Datasets;

/// <summary>Image files, each with a mask file of class ids.</summary>
internal sealed class PairedDataset(IReadOnlyList<SamplePaths> samples, LabelSet labels, MaskEncoding encoding) : ISegmentationDataset
{
    public int Count => samples.Count;

    public LabelSet Labels => labels;

    public bool HasLabels { get; } = samples.All(sample => sample.Mask is not null);

    public string Name(int index) => samples[index].Image;

    public (Mat Image, Mat Labels) Read(int index)
    {
        var (imagePath, maskPath) = samples[index];
        var image = ImageFile.ReadColor(imagePath);
        Mat? mask = null;
        try
        {
            if (maskPath is null)
                return (image, new Mat(image.Rows, image.Cols, MatType.CV_8UC1, Scalar.All(labels.IgnoreIndex)));
            mask = ImageFile.ReadGray(maskPath);
            if (mask.Rows != image.Rows || mask.Cols != image.Cols)
            {
                throw new InputException($"The mask '{maskPath}' is {mask.Cols} x {mask.Rows} pixels, but its image '{imagePath}' is " +
                    $"{image.Cols} x {image.Rows}; export it at the image's size.");
            }
            encoding.Decode(mask, maskPath);
            return (image, mask);
        }
        catch
        {
            image.Dispose();
            mask?.Dispose();
            throw;
        }
    }
}

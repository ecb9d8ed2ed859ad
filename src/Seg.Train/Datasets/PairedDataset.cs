using OpenCvSharp;
using Seg.Models;
using Seg.Predict.Imaging;

namespace Seg.Train.Datasets;

/// <summary>Image files, each with a file that says the classes of its pixels.</summary>
internal sealed class PairedDataset(IReadOnlyList<SamplePaths> samples, ClassTable classes, IMaskReader masks) : ISegmentationDataset
{
    public int Count => samples.Count;

    public LabelSet Labels => classes.Labels;

    public bool HasLabels { get; } = samples.All(sample => sample.Mask is not null);

    public string Name(int index) => samples[index].Image;

    public (Mat Image, Mat Labels) Read(int index)
    {
        var sample = samples[index];
        var image = ImageFile.ReadColor(sample.Image);
        Mat? mask = null;
        try
        {
            if (sample.Mask is null)
                return (image, new Mat(image.Rows, image.Cols, MatType.CV_8UC1, Scalar.All(Labels.IgnoreIndex)));
            mask = masks.Read(sample, image.Cols, image.Rows);
            if (mask.Rows != image.Rows || mask.Cols != image.Cols)
            {
                throw new InputException($"The mask '{sample.Mask}' is {mask.Cols} x {mask.Rows} pixels, but its image '{sample.Image}' is " +
                    $"{image.Cols} x {image.Rows}; export it at the image's size.");
            }
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

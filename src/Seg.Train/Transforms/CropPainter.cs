using System.Buffers;
using OpenCvSharp;
using Seg.Models;
using Seg.Models.Codecs;
using Seg.Predict.Imaging;

namespace Seg.Train.Transforms;

/// <summary>Cuts network input out of images, with other colours and boxes painted over it where a config says so.</summary>
/// <remarks>Holds no state: any number of threads may use one.</remarks>
/// <param name="cropper">Of the input's size.</param>
/// <param name="normalization">How pixels become network input.</param>
/// <param name="photometric">null leaves the colours.</param>
/// <param name="cutout">null paints nothing over.</param>
internal sealed class CropPainter(PersonCropper cropper, Normalization normalization, PhotometricConfig? photometric, CutoutConfig? cutout)
{
    private readonly Rgb mean = TrainTransform.MeanColor(normalization);

    /// <summary>Writes a crop as network input.</summary>
    /// <param name="image">CV_8UC3.</param>
    /// <param name="map">From image pixels to pixels of the crop.</param>
    /// <param name="random">The sample's own sequence.</param>
    /// <param name="values">Receives height · width · 3 normalised numbers, by row, then pixel, then R, G, B.</param>
    public void Fill(Mat image, AffineMap map, ref SplitMix64 random, Span<float> values)
    {
        if (photometric is null && cutout is null)
            cropper.Fill(image, map, values);
        else
            FillPainted(image, map, ref random, values);
    }

    /// <summary>The same crop in 8-bit BGR.</summary>
    /// <param name="image">CV_8UC3.</param>
    /// <param name="map">From image pixels to pixels of the crop.</param>
    /// <param name="random">The sample's own sequence.</param>
    /// <param name="crop">CV_8UC3 of the input's size.</param>
    public void Draw(Mat image, AffineMap map, ref SplitMix64 random, Mat crop)
    {
        cropper.Crop(image, map, crop);
        if (photometric is { } colours)
            PhotometricDistortion.Draw(colours, ref random).Apply(crop);
        if (cutout is { } boxes)
            Cutout.Apply(boxes, crop, classes: [], mean, ignoreIndex: 0, ref random);
    }

    private unsafe void FillPainted(Mat image, AffineMap map, ref SplitMix64 random, Span<float> values)
    {
        var memory = ArrayPool<byte>.Shared.Rent(cropper.ValuesPerCrop);
        fixed (byte* pixels = memory)
        {
            using var crop = Mat.FromPixelData(cropper.Height, cropper.Width, MatType.CV_8UC3, (IntPtr)pixels);
            Draw(image, map, ref random, crop);
            ImageTensor.Fill(crop, values, normalization);
        }
        ArrayPool<byte>.Shared.Return(memory);
    }
}

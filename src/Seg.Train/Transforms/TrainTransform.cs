using OpenCvSharp;
using Seg.Models;
using Seg.Predict.Imaging;

namespace Seg.Train.Transforms;

/// <summary>Makes a training sample of an image and its labels: scale, crop, flip, photometric distortion, normalisation.</summary>
/// <remarks>Holds no state: any number of threads may use one. The result depends on the image and on the random sequence alone.</remarks>
public sealed class TrainTransform
{
    private readonly AugmentationConfig config;
    private readonly Normalization normalization;
    private readonly byte ignoreIndex;
    private readonly Rgb padding;

    /// <param name="ignoreIndex">Label of what lies outside the image.</param>
    public TrainTransform(AugmentationConfig config, Normalization normalization, byte ignoreIndex)
    {
        (this.config, this.normalization, this.ignoreIndex) = (config, normalization, ignoreIndex);
        // What becomes nearly 0 when normalised, as the official HRNet code pads with 0 after normalising.
        var mean = normalization.Mean.Select(part => (byte)Math.Clamp(MathF.Round(part * 255), 0, 255)).ToArray();
        padding = new Rgb(mean[0], mean[1], mean[2]);
    }

    /// <summary>Of a sample, in pixels.</summary>
    public int Width => config.CropSize[1];

    /// <summary>Of a sample, in pixels.</summary>
    public int Height => config.CropSize[0];

    /// <summary>Makes one sample.</summary>
    /// <param name="image">CV_8UC3 in BGR.</param>
    /// <param name="labels">CV_8UC1 of the same size.</param>
    /// <param name="random">The sample's own sequence.</param>
    /// <param name="values">Receives Height · Width · 3 normalised numbers, by row, then pixel, then R, G, B.</param>
    /// <param name="classes">Receives Height · Width labels, by row.</param>
    public void Apply(Mat image, Mat labels, SplitMix64 random, Span<float> values, Span<byte> classes)
    {
        using var crop = Crop(image, labels, random, classes);
        ImageTensor.Fill(crop, values, normalization);
    }

    /// <summary>As <see cref="Apply"/>, but the image is left in 8-bit BGR, for people to look at.</summary>
    public Mat Crop(Mat image, Mat labels, SplitMix64 random, Span<byte> classes)
    {
        var plan = CropPlan.Draw(config, image.Cols, image.Rows, ref random);
        var resampler = new CropResampler(plan, image.Cols, image.Rows);
        var crop = new Mat(plan.Height, plan.Width, MatType.CV_8UC3);
        resampler.Image(image, crop, padding);
        resampler.Labels(labels, classes, ignoreIndex);
        if (config.Photometric)
            PhotometricDistortion.Draw(config, ref random).Apply(crop);
        return crop;
    }
}

using OpenCvSharp;
using Seg.Models;
using Seg.Predict.Imaging;
using Seg.Train.Datasets;

namespace Seg.Train.Transforms;

/// <summary>
/// Makes a training sample of an image and its labels: fit, scale, crop, flip and turn; mosaic and class mix; photometric distortion, blur,
/// cutout; normalisation.
/// </summary>
/// <remarks>Holds no state: any number of threads may use one. The result depends on the images and on the random sequence alone.</remarks>
public sealed class TrainTransform
{
    private readonly AugmentationConfig config;
    private readonly Normalization normalization;
    private readonly byte ignoreIndex;
    private readonly Rgb padding;
    private readonly SampleComposer composer;

    /// <param name="ignoreIndex">Label of what lies outside the image.</param>
    /// <param name="mirroredClasses">Pairs of classes that change places when an image is mirrored; by default none.</param>
    public TrainTransform(
        AugmentationConfig config, Normalization normalization, byte ignoreIndex, IReadOnlyList<(int Left, int Right)>? mirroredClasses = null)
    {
        (this.config, this.normalization, this.ignoreIndex) = (config, normalization, ignoreIndex);
        padding = MeanColor(normalization);
        composer = new SampleComposer(config, ignoreIndex, padding, mirroredClasses ?? []);
    }

    /// <summary>What becomes nearly 0 when normalised, as the official HRNet code pads with 0 after normalising.</summary>
    internal static Rgb MeanColor(Normalization normalization)
    {
        var mean = normalization.Mean.Select(part => (byte)Math.Clamp(MathF.Round(part * 255), 0, 255)).ToArray();
        return new Rgb(mean[0], mean[1], mean[2]);
    }

    /// <summary>Of a sample, in pixels.</summary>
    public int Width => config.CropSize[1];

    /// <summary>Of a sample, in pixels.</summary>
    public int Height => config.CropSize[0];

    /// <summary>Makes one sample of one image; nothing is mixed into it, whatever the config says.</summary>
    /// <param name="image">CV_8UC3 in BGR.</param>
    /// <param name="labels">CV_8UC1 of the same size.</param>
    /// <param name="random">The sample's own sequence.</param>
    /// <param name="values">Receives Height · Width · 3 normalised numbers, by row, then pixel, then R, G, B.</param>
    /// <param name="classes">Receives Height · Width labels, by row.</param>
    public void Apply(Mat image, Mat labels, SplitMix64 random, Span<float> values, Span<byte> classes)
    {
        using var crop = Crop(image, labels, others: null, random, classes);
        ImageTensor.Fill(crop, values, normalization);
    }

    /// <summary>Makes the sample of an item, and of others where the config mixes images.</summary>
    /// <inheritdoc cref="Apply(Mat, Mat, SplitMix64, Span{float}, Span{byte})"/>
    /// <exception cref="InputException">An image or mask is faulty; the message names the file.</exception>
    public void Apply(ISegmentationDataset dataset, int index, SplitMix64 random, Span<float> values, Span<byte> classes)
    {
        using var crop = Crop(dataset, index, random, classes);
        ImageTensor.Fill(crop, values, normalization);
    }

    /// <summary>
    /// As <see cref="Apply(ISegmentationDataset, int, SplitMix64, Span{float}, Span{byte})"/>, but the image is left in 8-bit BGR, for people
    /// to look at.
    /// </summary>
    public Mat Crop(ISegmentationDataset dataset, int index, SplitMix64 random, Span<byte> classes)
    {
        var (image, labels) = dataset.Read(index);
        using (image)
        using (labels)
            return Crop(image, labels, dataset, random, classes);
    }

    private Mat Crop(Mat image, Mat labels, ISegmentationDataset? others, SplitMix64 random, Span<byte> classes)
    {
        var crop = new Mat(Height, Width, MatType.CV_8UC3);
        try
        {
            composer.Compose(image, labels, others, crop, classes, ref random);
            if (config.Photometric)
                PhotometricDistortion.Draw(config, ref random).Apply(crop);
            if (config.Blur is { } blur)
                Blur(crop, blur, ref random);
            if (config.Cutout is { } cutout)
                Cutout.Apply(cutout, crop, classes, padding, ignoreIndex, ref random);
            return crop;
        }
        catch
        {
            crop.Dispose();
            throw;
        }
    }

    private static void Blur(Mat image, BlurConfig blur, ref SplitMix64 random)
    {
        var blurs = random.NextDouble() < blur.Probability;
        var sigma = random.NextDouble(blur.Sigma[0], blur.Sigma[1]);
        if (!blurs)
            return;
        // Two standard deviations to each side: what is cut off has less than a twentieth of the weight.
        var radius = Math.Max(1, (int)Math.Round(2 * sigma));
        Cv2.GaussianBlur(image, image, new Size(2 * radius + 1, 2 * radius + 1), sigma);
    }
}

using System.Buffers;
using OpenCvSharp;
using Seg.Models;
using Seg.Predict.Imaging;
using Seg.Train.Datasets;

namespace Seg.Train.Transforms;

/// <summary>The geometry of a training sample: which pixels of which images stand where, and their labels with them.</summary>
/// <remarks>Holds no state: any number of threads may use one.</remarks>
internal sealed class SampleComposer
{
    /// <summary>Places that are tried for a crop in which no class is too frequent, as in MMSegmentation.</summary>
    private const int PlacesTried = 10;

    private readonly AugmentationConfig config;
    private readonly byte ignoreIndex;
    private readonly Rgb padding;
    private readonly byte[]? mirrored;

    /// <param name="padding">Colour of what no image covers; its label is the ignore index.</param>
    /// <param name="mirroredClasses">Pairs of classes that change places in a mirrored image.</param>
    public SampleComposer(AugmentationConfig config, byte ignoreIndex, Rgb padding, IReadOnlyList<(int Left, int Right)> mirroredClasses)
    {
        (this.config, this.ignoreIndex, this.padding) = (config, ignoreIndex, padding);
        if (mirroredClasses.Count == 0)
            return;
        mirrored = [.. Enumerable.Range(0, 256).Select(label => (byte)label)];
        foreach (var (left, right) in mirroredClasses)
            (mirrored[left], mirrored[right]) = ((byte)right, (byte)left);
    }

    private int Width => config.CropSize[1];

    private int Height => config.CropSize[0];

    /// <summary>Draws one sample.</summary>
    /// <param name="image">CV_8UC3.</param>
    /// <param name="labels">CV_8UC1 of the same size.</param>
    /// <param name="others">Where a mosaic or a class mix takes its other images from; null: neither is made.</param>
    /// <param name="target">CV_8UC3 of the crop's size.</param>
    /// <param name="classes">The crop's labels, by row.</param>
    public void Compose(Mat image, Mat labels, ISegmentationDataset? others, Mat target, Span<byte> classes, ref SplitMix64 random)
    {
        if (others is not null && config.Mosaic is { } mosaic && random.NextDouble() < mosaic.Probability)
            Mosaic(mosaic, image, labels, others, target, classes, ref random);
        else
            Crop(image, labels, target, classes, ref random);
        if (others is not null && config.ClassMix is { } mix && random.NextDouble() < mix.Probability)
            MixClasses(others, target, classes, ref random);
    }

    private void Mosaic(
        MosaicConfig mosaic, Mat image, Mat labels, ISegmentationDataset others, Mat target, Span<byte> classes, ref SplitMix64 random)
    {
        var cornerX = Math.Clamp((int)Math.Round(random.NextDouble(mosaic.Center[0], mosaic.Center[1]) * Width), 0, Width);
        var cornerY = Math.Clamp((int)Math.Round(random.NextDouble(mosaic.Center[0], mosaic.Center[1]) * Height), 0, Height);
        ReadOnlySpan<Rect> parts =
        [
            new(0, 0, cornerX, cornerY), new(cornerX, 0, Width - cornerX, cornerY),
            new(0, cornerY, cornerX, Height - cornerY), new(cornerX, cornerY, Width - cornerX, Height - cornerY),
        ];
        for (var index = 0; index < parts.Length; index++)
        {
            var part = parts[index];
            // The item itself stands in the upper left; which of the others are drawn does not depend on empty parts.
            var other = index == 0 ? -1 : random.NextInt(others.Count);
            if (part.Width == 0 || part.Height == 0)
                continue;
            using var region = target[part];
            var place = classes[(part.Y * Width + part.X)..];
            if (other < 0)
            {
                Crop(image, labels, region, place, ref random);
                continue;
            }
            var (otherImage, otherLabels) = others.Read(other);
            using (otherImage)
            using (otherLabels)
                Crop(otherImage, otherLabels, region, place, ref random);
        }
    }

    /// <summary>Half of the classes of another image's crop, rounded up, go onto this one.</summary>
    private void MixClasses(ISegmentationDataset others, Mat target, Span<byte> classes, ref SplitMix64 random)
    {
        var (image, labels) = others.Read(random.NextInt(others.Count));
        var memory = ArrayPool<byte>.Shared.Rent(Width * Height);
        try
        {
            using var crop = new Mat(Height, Width, MatType.CV_8UC3);
            var cropped = memory.AsSpan(0, Width * Height);
            Crop(image, labels, crop, cropped, ref random);
            var counts = Count(cropped, Width, Height, Width);
            var present = Enumerable.Range(0, 256).Where(label => counts[label] > 0 && label != ignoreIndex).ToArray();
            Span<bool> chosen = stackalloc bool[256];
            foreach (var place in random.Permutation(present.Length).Take((present.Length + 1) / 2))
                chosen[present[place]] = true;
            Paste(crop, cropped, chosen, target, classes);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(memory);
            image.Dispose();
            labels.Dispose();
        }
    }

    private void Paste(Mat source, ReadOnlySpan<byte> sourceClasses, ReadOnlySpan<bool> chosen, Mat target, Span<byte> classes)
    {
        for (var y = 0; y < Height; y++)
        {
            ReadOnlySpan<byte> from = source.RowBytes(y);
            var to = target.RowBytes(y);
            var labels = sourceClasses.Slice(y * Width, Width);
            // Label maps are mostly flat: whole runs are copied.
            for (int x = 0, end; x < Width; x = end)
            {
                var isChosen = chosen[labels[x]];
                for (end = x + 1; end < Width && chosen[labels[end]] == isChosen;)
                    end++;
                if (!isChosen)
                    continue;
                labels[x..end].CopyTo(classes[(y * Width + x)..]);
                from[(x * 3)..(end * 3)].CopyTo(to[(x * 3)..]);
            }
        }
        GC.KeepAlive(source);
        GC.KeepAlive(target);
    }

    /// <summary>A crop of one image.</summary>
    /// <param name="target">As large as the crop is to be; often a region of a larger picture.</param>
    /// <param name="classes">From the crop's first label on; rows are <see cref="Width"/> apart.</param>
    private void Crop(Mat image, Mat labels, Mat target, Span<byte> classes, ref SplitMix64 random)
    {
        int width = target.Cols, height = target.Rows;
        var plan = CropPlan.Draw(config, width, height, image.Cols, image.Rows, ref random);
        var sampler = ICropSampler.Of(plan, image.Cols, image.Rows);
        sampler.Labels(labels, classes, ignoreIndex, Width);
        for (var tries = 1; tries < PlacesTried && config.CategoryRatio < 1 && IsOneSided(classes, width, height); tries++)
        {
            plan = plan.Elsewhere(ref random);
            sampler = ICropSampler.Of(plan, image.Cols, image.Rows);
            sampler.Labels(labels, classes, ignoreIndex, Width);
        }
        sampler.Image(image, target, padding);
        if (plan.Flip && mirrored is not null)
            Replace(classes, width, height, mirrored);
    }

    /// <summary>Whether one class has more than its share of the labelled pixels, or is alone.</summary>
    private bool IsOneSided(ReadOnlySpan<byte> classes, int width, int height)
    {
        var counts = Count(classes, width, height, Width);
        counts[ignoreIndex] = 0;
        var largest = counts.Max();
        return counts.Count(count => count > 0) < 2 || largest > config.CategoryRatio * counts.Sum();
    }

    private static int[] Count(ReadOnlySpan<byte> classes, int width, int height, int stride)
    {
        var counts = new int[256];
        for (var y = 0; y < height; y++)
        {
            foreach (var label in classes.Slice(y * stride, width))
                counts[label]++;
        }
        return counts;
    }

    private void Replace(Span<byte> classes, int width, int height, byte[] table)
    {
        for (var y = 0; y < height; y++)
        {
            foreach (ref var label in classes.Slice(y * Width, width))
                label = table[label];
        }
    }
}

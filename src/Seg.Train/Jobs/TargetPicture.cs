using OpenCvSharp;
using Seg.Models;
using Seg.Models.Codecs;
using Seg.Predict.Imaging;

namespace Seg.Train.Jobs;

/// <summary>Shows what a codec encodes of a person, in the keypoints' colours: heatmaps; of coordinates as two classifications, their product.</summary>
internal sealed class TargetPicture
{
    /// <summary>What is left of a crop's brightness under the targets.</summary>
    private const float CropShare = 0.45f;

    private readonly KeypointCodec codec;
    private readonly int rows, columns;
    private readonly float[] targets, weights, maps;

    public TargetPicture(KeypointCodec codec)
    {
        this.codec = codec;
        // Heatmaps are shown cell by cell, as coarse as they are; bins of coordinates pixel by pixel.
        (rows, columns) = codec.TargetShape is [_, var height, var width] ? (height, width) : codec.InputSize;
        targets = new float[codec.TargetShape.Aggregate((product, extent) => product * extent)];
        weights = new float[codec.Keypoints.Count];
        maps = codec.TargetShape.Length == 3 ? targets : new float[weights.Length * rows * columns];
    }

    /// <summary>Darkens a crop and puts its targets over it.</summary>
    /// <param name="crop">CV_8UC3 of the codec's input size.</param>
    /// <param name="keypoints">In pixels of the crop.</param>
    public void Blend(Mat crop, LabelledKeypoint[] keypoints)
    {
        codec.Encode(keypoints, targets, weights);
        if (maps != targets)
            FillProducts();
        for (var y = 0; y < crop.Rows; y++)
        {
            var row = crop.RowBytes(y);
            for (var x = 0; x < crop.Cols; x++)
            {
                var place = y * rows / crop.Rows * columns + x * columns / crop.Cols;
                var (strongest, value) = (0, 0f);
                for (var k = 0; k < weights.Length; k++)
                {
                    if (weights[k] > 0 && maps[k * rows * columns + place] > value)
                        (strongest, value) = (k, maps[k * rows * columns + place]);
                }
                Mix(row.Slice(3 * x, 3), codec.Keypoints.Colors[strongest], Math.Min(value, 1));
            }
        }
        GC.KeepAlive(crop);
    }

    /// <summary>For each keypoint the product of the two classifications, whose greatest value becomes 1.</summary>
    private void FillProducts()
    {
        var length = targets.Length / weights.Length;
        var across = (int)((long)length * columns / (columns + rows));
        for (var k = 0; k < weights.Length; k++)
        {
            ReadOnlySpan<float> x = targets.AsSpan(k * length, across), y = targets.AsSpan(k * length + across, length - across);
            var peak = Peak(x) * Peak(y);
            for (var place = 0; place < rows * columns && peak > 0; place++)
                maps[k * rows * columns + place] = x[place % columns * x.Length / columns] * y[place / columns * y.Length / rows] / peak;
        }
    }

    private static float Peak(ReadOnlySpan<float> values)
    {
        var peak = 0f;
        foreach (var value in values)
            peak = Math.Max(peak, value);
        return peak;
    }

    private static void Mix(Span<byte> bgr, Rgb color, float share)
    {
        var left = CropShare * (1 - share);
        (bgr[0], bgr[1], bgr[2]) = (
            (byte)(left * bgr[0] + share * color.B), (byte)(left * bgr[1] + share * color.G), (byte)(left * bgr[2] + share * color.R));
    }
}

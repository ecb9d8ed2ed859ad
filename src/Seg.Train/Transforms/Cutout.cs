using OpenCvSharp;
using Seg.Models;

namespace Seg.Train.Transforms;

/// <summary>Paints boxes over a crop and ignores the labels of their pixels; see <see cref="CutoutConfig"/>.</summary>
internal static class Cutout
{
    /// <param name="image">CV_8UC3.</param>
    /// <param name="classes">The image's labels, by row; empty where its pixels have none.</param>
    /// <param name="random">The same numbers are taken for the same count of boxes, whatever their sizes.</param>
    public static void Apply(CutoutConfig config, Mat image, Span<byte> classes, Rgb color, byte ignoreIndex, ref SplitMix64 random)
    {
        if (random.NextDouble() >= config.Probability)
            return;
        var holes = config.Holes[0] + random.NextInt(config.Holes[1] - config.Holes[0] + 1);
        for (; holes > 0; holes--)
        {
            var width = Side(config, image.Cols, ref random);
            var height = Side(config, image.Rows, ref random);
            Rect box = new(random.NextInt(image.Cols - width + 1), random.NextInt(image.Rows - height + 1), width, height);
            using (var region = image[box])
                region.SetTo(new Scalar(color.B, color.G, color.R));
            for (var y = box.Y; y < box.Y + box.Height && !classes.IsEmpty; y++)
                classes.Slice(y * image.Cols + box.X, box.Width).Fill(ignoreIndex);
        }
    }

    private static int Side(CutoutConfig config, int length, ref SplitMix64 random) =>
        Math.Clamp((int)Math.Round(random.NextDouble(config.Size[0], config.Size[1]) * length), 1, length);
}

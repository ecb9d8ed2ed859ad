using OpenCvSharp;
using Seg.Predict.Imaging;

namespace Seg.Benchmarks;

/// <summary>Writes a picture of any size, for measuring what predicting it takes: a photograph laid side by side, every other one mirrored.</summary>
internal static class LargeImage
{
    /// <param name="side">Width and height, in pixels.</param>
    /// <param name="target">Where it goes; the extension says the format.</param>
    public static void Write(string photograph, int side, string target)
    {
        using var tile = ImageFile.ReadColor(photograph);
        using Mat mirrored = new(), large = new(side, side, MatType.CV_8UC3);
        Cv2.Flip(tile, mirrored, FlipMode.Y);
        for (var y = 0; y < side; y += tile.Rows)
        {
            for (var x = 0; x < side; x += tile.Cols)
            {
                var (width, height) = (Math.Min(tile.Cols, side - x), Math.Min(tile.Rows, side - y));
                using Mat source = (x / tile.Cols % 2 == 0 ? tile : mirrored)[new Rect(0, 0, width, height)], place = large[new Rect(x, y, width, height)];
                source.CopyTo(place);
            }
        }
        ImageFile.Write(target, large);
        Console.WriteLine($"{target}: {side} x {side}, {new FileInfo(target).Length >> 20} MiB");
    }
}

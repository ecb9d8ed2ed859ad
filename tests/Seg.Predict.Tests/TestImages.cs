using OpenCvSharp;
using Seg.Models;
using Seg.Predict.Imaging;

namespace Seg.Predict.Tests;

/// <summary>Small images and label maps whose every value is known.</summary>
internal static class TestImages
{
    /// <summary>Three classes with plain colours.</summary>
    public static LabelSet Classes { get; } = new()
    {
        Names = ["road", "sky", "car"],
        Colors = [new Rgb(128, 64, 128), new Rgb(70, 130, 180), new Rgb(0, 0, 142)],
    };

    /// <summary>An image whose values depend on the position alone.</summary>
    public static Mat Pattern(int width, int height, int seed = 0)
    {
        var image = new Mat(height, width, MatType.CV_8UC3);
        for (var y = 0; y < height; y++)
        {
            var row = Row(image, y);
            for (var i = 0; i < row.Length; i++)
                row[i] = (byte)(seed * 31 + y * 7 + i * 13 + (i * y) % 11);
        }
        return image;
    }

    /// <summary>A gentle gradient, which lossy codecs keep well.</summary>
    public static Mat Gradient(int width, int height, int shift = 0)
    {
        var image = new Mat(height, width, MatType.CV_8UC3);
        for (var y = 0; y < height; y++)
        {
            var row = Row(image, y);
            for (var i = 0; i < row.Length; i++)
                row[i] = (byte)((i / 3 * 200 / width + y * 55 / height + shift) % 256);
        }
        return image;
    }

    public static void WriteGradient(string path, int width, int height)
    {
        using var image = Gradient(width, height);
        ImageFile.Write(path, image);
    }

    /// <summary>Sky above, road below, a car in the lower middle.</summary>
    public static LabelMap Street(int width, int height)
    {
        var labels = new byte[width * height];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
                labels[y * width + x] = (byte)(y < height / 2 ? 1 : y < height * 3 / 4 && x > width / 3 && x < width * 2 / 3 ? 2 : 0);
        }
        return new LabelMap(width, height, labels);
    }

    public static unsafe Span<byte> Row(Mat image, int y) => new((void*)image.Ptr(y), image.Cols * image.Channels());

    /// <summary>All values, row by row.</summary>
    public static byte[] Values(Mat image)
    {
        var length = image.Cols * image.Channels();
        var values = new byte[image.Rows * length];
        for (var y = 0; y < image.Rows; y++)
            Row(image, y).CopyTo(values.AsSpan(y * length));
        return values;
    }
}

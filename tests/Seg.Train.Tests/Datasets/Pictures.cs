using OpenCvSharp;
using Seg.Predict.Imaging;

namespace Seg.Train.Tests.Datasets;

/// <summary>Small pictures and masks for tests.</summary>
internal static class Pictures
{
    public static Mat Image(int width, int height, Func<int, int, Vec3b> color)
    {
        var image = new Mat(height, width, MatType.CV_8UC3);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
                image.Set(y, x, color(x, y));
        }
        return image;
    }

    public static Mat Mask(int width, int height, Func<int, int, int> value)
    {
        var mask = new Mat(height, width, MatType.CV_8UC1);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
                mask.Set(y, x, (byte)value(x, y));
        }
        return mask;
    }

    /// <summary>A picture in which no two pixels near each other are alike.</summary>
    public static Mat Noise(int width, int height, int seed = 1)
    {
        var random = new Random(seed);
        return Image(width, height, (_, _) => new Vec3b((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256)));
    }

    public static void WriteImage(string path, int width = 8, int height = 6) => WriteNoise(path, width, height, seed: 1);

    public static void WriteNoise(string path, int width, int height, int seed)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var image = Noise(width, height, seed);
        ImageFile.Write(path, image);
    }

    public static void WriteMask(string path, Func<int, int, int> value, int width = 8, int height = 6)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var mask = Mask(width, height, value);
        ImageFile.Write(path, mask);
    }

    public static byte[] Bytes(Mat matrix)
    {
        var rowLength = matrix.Cols * matrix.Channels();
        var bytes = new byte[matrix.Rows * rowLength];
        for (var y = 0; y < matrix.Rows; y++)
            System.Runtime.InteropServices.Marshal.Copy(matrix.Ptr(y), bytes, y * rowLength, rowLength);
        return bytes;
    }
}

using OpenCvSharp;
using Seg.Models;
using Seg.Predict;
using Seg.Predict.Imaging;
using Seg.Train.Checks;
using Seg.Train.Datasets;
using Seg.Train.Tests.Datasets;
using Seg.Train.Transforms;

namespace Seg.Train.Tests.Checks;

/// <summary>
/// A small data set without a fault: three images to train on and two to validate on, 12 x 8 pixels with three classes in stripes. Tests
/// spoil it.
/// </summary>
internal sealed class ExampleData : IDisposable
{
    public const int Width = 12, Height = 8;

    private readonly TemporaryFolder folder = new();

    public ExampleData(DataFormat format = DataFormat.Folders)
    {
        Config = new SegmentationDataConfig
        {
            Format = format,
            Root = folder.Path,
            Classes = ["ground", "thing", "sky"],
            Augmentation = new AugmentationConfig { CropSize = [Height, Width], Scale = [1, 1] },
        };
        if (format != DataFormat.Folders)
            return;
        foreach (var (split, name) in new[] { ("train", "a"), ("train", "b"), ("train", "c"), ("val", "d"), ("val", "e") })
        {
            WriteImage(Image(split, name), seed: name[0]);
            WriteMask(Mask(split, name), Stripes);
        }
    }

    public SegmentationDataConfig Config { get; set; }

    public DataCheckOptions Options { get; set; } = new() { Threads = 1 };

    public string Root => folder.Path;

    public string At(params string[] parts) => folder.At(parts);

    public string Image(string split, string name) => At("images", split, name + ".png");

    public string Mask(string split, string name) => At("masks", split, name + ".png");

    /// <summary>Four columns of each class.</summary>
    public static int Stripes(int x, int y) => x / 4;

    public static void WriteImage(string path, int seed, int width = Width, int height = Height)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var image = Pictures.Noise(width, height, seed);
        ImageFile.Write(path, image);
    }

    public static void WriteMask(string path, Func<int, int, int> value, int width = Width, int height = Height) =>
        Pictures.WriteMask(path, value, width, height);

    /// <summary>The masks of all images, made anew.</summary>
    public void WriteMasks(Func<int, int, int> value)
    {
        foreach (var (split, name) in new[] { ("train", "a"), ("train", "b"), ("train", "c"), ("val", "d"), ("val", "e") })
            WriteMask(Mask(split, name), value);
    }

    /// <summary>A mask of another type, such as CV_16UC1.</summary>
    public static void WriteMask(string path, MatType type, Scalar value, int width = Width, int height = Height)
    {
        using var mask = new Mat(height, width, type, value);
        ImageFile.Write(path, mask);
    }

    /// <summary>A palette PNG of stripes.</summary>
    public static void WritePaletteMask(string path, params Rgb[] palette) =>
        LabelPng.Write(path, new LabelMap(Width, Height, [.. Enumerable.Range(0, Width * Height).Select(i => (byte)Stripes(i % Width, 0))]), palette);

    /// <summary>A JPEG with an EXIF segment that gives this orientation.</summary>
    public static void WriteTurnedJpeg(string path, int orientation, int width, int height)
    {
        using var image = Pictures.Noise(width, height);
        Cv2.ImEncode(".jpg", image, out var jpeg);
        byte[] exif =
        [
            0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8, .. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, (byte)orientation, 0, 0, 0, 0, 0, 0, 0,
        ];
        File.WriteAllBytes(path, [.. jpeg[..2], .. exif, .. jpeg[2..]]);
    }

    public SegmentationReport Check() => (SegmentationReport)DataCheck.Run(Config, Options);

    public void Dispose() => folder.Dispose();
}

using OpenCvSharp;
using Seg.Models;
using Seg.Predict.Imaging;

namespace Seg.Predict.Tests.Imaging;

public class ImageHeaderTests
{
    [Fact]
    public void Each_format_is_known_by_its_content()
    {
        foreach (var (extension, format) in new[]
        {
            (".png", ImageFormat.Png), (".jpg", ImageFormat.Jpeg), (".bmp", ImageFormat.Bmp), (".tif", ImageFormat.Tiff), (".webp", ImageFormat.WebP),
            (".ppm", ImageFormat.Pnm),
        })
        {
            Assert.Equal(format, ImageHeader.Read(Encode(extension, MatType.CV_8UC3))!.Format);
            Assert.Equal(format, ImageHeader.Promised("A" + extension.ToUpperInvariant()));
        }
        Assert.Null(ImageHeader.Read("Not a picture at all."u8));
        Assert.Null(ImageHeader.Promised("a.txt"));
    }

    [Fact]
    public void Size_channels_and_bits_are_those_stored()
    {
        AssertStored(Encode(".png", MatType.CV_8UC3), channels: 3, bits: 8, alpha: false);
        AssertStored(Encode(".png", MatType.CV_8UC1), channels: 1, bits: 8, alpha: false);
        AssertStored(Encode(".png", MatType.CV_8UC4), channels: 4, bits: 8, alpha: true);
        AssertStored(Encode(".png", MatType.CV_16UC1), channels: 1, bits: 16, alpha: false);
        AssertStored(Encode(".jpg", MatType.CV_8UC3), channels: 3, bits: 8, alpha: false);
        AssertStored(Encode(".jpg", MatType.CV_8UC1), channels: 1, bits: 8, alpha: false);

        static void AssertStored(byte[] file, int channels, int bits, bool alpha)
        {
            var header = ImageHeader.Read(file)!;
            Assert.Equal((7, 5, channels, bits, alpha), (header.Width, header.Height, header.Channels, header.Bits, header.HasAlpha));
            Assert.Equal(1, header.Orientation);
        }
    }

    [Fact]
    public void A_palette_comes_with_its_colours()
    {
        var file = LabelPng.Encode(new LabelMap(2, 1, [0, 1]), [new Rgb(1, 2, 3), new Rgb(250, 0, 9)]);
        var header = ImageHeader.Read(file)!;
        Assert.Equal([new Rgb(1, 2, 3), new Rgb(250, 0, 9)], header.Palette);
        Assert.Equal((1, 8), (header.Channels, header.Bits));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_orientation_is_that_of_EXIF_in_either_byte_order(bool little)
    {
        byte[] tiff = little
            ? [.. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0]
            : [.. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0];
        byte[] segment = [0xFF, 0xE1, 0, (byte)(8 + tiff.Length), .. "Exif\0\0"u8, .. tiff];
        var jpeg = Encode(".jpg", MatType.CV_8UC3);
        Assert.Equal(6, ImageHeader.Read([.. jpeg[..2], .. segment, .. jpeg[2..]])!.Orientation);
        // Before a marker any number of bytes 0xFF may stand.
        var filled = ImageHeader.Read([.. jpeg[..2], 0xFF, 0xFF, .. segment, 0xFF, .. jpeg[2..]])!;
        Assert.Equal((6, 7, 5), (filled.Orientation, filled.Width, filled.Height));
    }

    [Fact]
    public void Any_part_of_a_file_is_read_without_a_crash()
    {
        foreach (var extension in new[] { ".png", ".jpg" })
        {
            var file = Encode(extension, MatType.CV_8UC3);
            for (var length = 0; length < Math.Min(file.Length, 200); length++)
                ImageHeader.Read(file.AsSpan(0, length));
        }
    }

    private static byte[] Encode(string extension, MatType type)
    {
        using var image = new Mat(5, 7, type, new Scalar(10, 20, 30, 40));
        Cv2.ImEncode(extension, image, out var bytes);
        return bytes;
    }
}

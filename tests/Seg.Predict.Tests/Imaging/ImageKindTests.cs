using System.Buffers.Binary;
using OpenCvSharp;
using Seg.Models;
using Seg.Predict.Imaging;

namespace Seg.Predict.Tests.Imaging;

/// <summary>Images of every kind that a user may have: what is made of them, or why nothing is.</summary>
public class ImageKindTests
{
    /// <summary>A stored image of 3 x 2 pixels whose red grows along its rows and its green down its columns.</summary>
    private static readonly byte[] Corner = Rgb(3, 2, (x, y) => [(byte)(60 * x + 20), (byte)(100 * y + 30), 0]);

    /// <summary>Made by ImageMagick, as is what it decodes from them.</summary>
    private static byte[] Reference(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "References", "images", name));

    [Theory]
    [InlineData(".png")]
    [InlineData(".webp")]
    [InlineData(".tif")]
    [InlineData(".jpg")]
    public void Each_orientation_turns_the_image_upright(string extension)
    {
        // EXIF 2.3, tag 274: where the stored row 0 and column 0 are to be seen.
        (int Orientation, Func<int, int, (int X, int Y)> Stored)[] all =
        [
            (1, (x, y) => (x, y)), (2, (x, y) => (47 - x, y)), (3, (x, y) => (47 - x, 31 - y)), (4, (x, y) => (x, 31 - y)),
            (5, (x, y) => (y, x)), (6, (x, y) => (y, 31 - x)), (7, (x, y) => (47 - y, 31 - x)), (8, (x, y) => (47 - y, x)),
        ];
        using var image = TestImages.Gradient(48, 32);
        foreach (var (orientation, stored) in all)
        {
            using var read = ImageFile.ReadColor("x", Oriented(extension, image, orientation));
            Assert.Equal(orientation < 5 ? (48, 32) : (32, 48), (read.Cols, read.Rows));
            foreach (var (x, y) in new[] { (0, 0), (read.Cols - 1, 0), (0, read.Rows - 1), (5, 9) })
            {
                var (storedX, storedY) = stored(x, y);
                var expected = TestImages.Row(image, storedY).Slice(3 * storedX, 3).ToArray();
                var seen = TestImages.Row(read, y).Slice(3 * x, 3).ToArray();
                Assert.All(expected.Zip(seen), pair => Assert.InRange(pair.First - pair.Second, -6, 6));
            }
        }
    }

    [Fact]
    public void Gray_alpha_palette_and_16_bits_become_plain_colours()
    {
        byte[] grayAlpha = [100, 0, 200, 255];
        AssertColors([[100, 100, 100], [200, 200, 200]], TinyTiff.Of(2, 1, 2, 8, photometric: 1, [grayAlpha], (338, 2)));
        AssertColors([[0xAB, 0xAB, 0xAB]], TinyTiff.Of(1, 1, 1, 16, photometric: 1, [[0xFF, 0xAB]]));
        AssertColors([[9, 0, 250], [3, 2, 1]], LabelPng.Encode(new LabelMap(2, 1, [1, 0]), [new Rgb(1, 2, 3), new Rgb(250, 0, 9)]));
        using var deep = new Mat(1, 1, MatType.CV_16UC4, new Scalar(0x1234, 0x5678, 0x9ABC, 0));
        Cv2.ImEncode(".png", deep, out var png);
        AssertColors([[0x12, 0x56, 0x9A]], png);
        using var gray = new Mat(1, 2, MatType.CV_16UC1, new Scalar(0xFEDC));
        Cv2.ImEncode(".png", gray, out png);
        AssertColors([[0xFE, 0xFE, 0xFE], [0xFE, 0xFE, 0xFE]], png);
    }

    [Fact]
    public void Inks_become_the_colours_that_they_leave_of_white()
    {
        using var image = ImageFile.ReadColor("x.jpg", Reference("cmyk.jpg"));
        // Cyan, magenta, yellow, black, paper, and a mixture, as blue, green, red: (255 - ink) · (255 - black) / 255.
        byte[][] expected = [[255, 255, 0], [255, 0, 255], [0, 255, 255], [0, 0, 0], [255, 255, 255], [204, 153, 102]];
        foreach (var (index, color) in expected.Index())
        {
            var seen = TestImages.Row(image, 8).Slice(3 * (16 * index + 8), 3).ToArray();
            Assert.All(color.Zip(seen), pair => Assert.InRange(pair.First - pair.Second, -4, 4));
        }
        byte[] inks = [0, 0, 0, 0, 255, 0, 0, 0, 0, 0, 255, 0, 0, 0, 0, 255];
        AssertColors([[255, 255, 255], [255, 255, 0], [0, 255, 255], [0, 0, 0]], TinyTiff.Of(4, 1, 4, 8, photometric: 5, [inks]));
    }

    [Fact]
    public void What_decoders_would_guess_at_is_refused()
    {
        var cmyk = Reference("cmyk.jpg");
        var mark = cmyk.AsSpan().IndexOf("Adobe"u8) - 4;
        byte[] unmarked = [.. cmyk[..mark], .. cmyk[(mark + 16)..]];
        AssertFault(unmarked, ImageFault.NoImage, "is a JPEG in CMYK without Adobe's mark");
        AssertFault(TinyTiff.Of(1, 1, 1, 32, 1, [[0, 0, 128, 63]], (339, 3)), ImageFault.NoImage, "holds numbers that are no colours");
        AssertFault(TinyTiff.Of(1, 1, 4, 16, 5, [[1, 2, 3, 4, 5, 6, 7, 8]]), ImageFault.NoImage, "is in CMYK with 16 bits a channel");
        AssertFault("GIF89a"u8.ToArray(), ImageFault.Truncated, "is a GIF whose first picture is not whole");
        AssertFault([0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0], ImageFault.NoImage, "is a HEIC or AVIF image");
    }

    [Fact]
    public void A_size_beyond_any_decoder_is_told_before_memory_is_asked_for()
    {
        using var image = TestImages.Gradient(4, 4);
        Cv2.ImEncode(".bmp", image, out var bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(18), 100_000);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(22), 100_000);
        bytes[30] = 1;      // compressed, so that its length says nothing of its size
        AssertFault(bytes, ImageFault.NoImage, "is 100000 x 100000 pixels by its header");
    }

    [Fact]
    public void So_is_the_size_of_a_picture_that_its_header_hides()
    {
        byte[] gif = [.. "GIF89a"u8, 1, 0, 1, 0, 0, 0, 0, 0x2C, 0, 0, 0, 0, 0x50, 0xC3, 0x50, 0xC3, 0, 2, 1, 0x44, 0];
        AssertFault(gif, ImageFault.NoImage, "is 50000 x 50000 pixels by its header");

        using var picture = TestImages.Gradient(16, 12);
        var webP = AnimatedWebP(20, 12, (WebPOf(picture), 30_000_000, 30_000_000));
        AssertFault(webP, ImageFault.NoImage, "is 30000016 x 30000012 pixels by its header");
    }

    [Fact]
    public void Of_an_animation_and_of_several_pages_the_first_picture_is_taken()
    {
        AssertSame(Reference("animated_first.png"), Reference("animated.gif"));
        AssertSame(Reference("still.png"), Reference("still.gif"));
        Assert.Equal((2, true), Pictures(Reference("animated.gif")));
        Assert.Equal((1, false), Pictures(Reference("still.gif")));

        var pages = TinyTiff.Of(3, 2, 3, 8, photometric: 2, [Corner, new byte[18]]);
        AssertSame(TinyTiff.Of(3, 2, 3, 8, photometric: 2, [Corner]), pages);
        Assert.Equal((2, false), Pictures(pages));

        using var first = TestImages.Gradient(16, 12);
        using var second = new Mat(12, 16, MatType.CV_8UC3, new Scalar(0, 0, 0));
        var animation = AnimatedWebP(20, 14, (WebPOf(first), 2, 2), (WebPOf(second), 0, 0));
        Assert.Equal((2, true), Pictures(animation));
        using var read = ImageFile.ReadColor("x.webp", animation);
        Assert.Equal((20, 14), (read.Cols, read.Rows));
        Assert.Equal([0, 0, 0], TestImages.Row(read, 1)[..3].ToArray());
        using var part = read[new Rect(2, 2, 16, 12)].Clone();
        Assert.InRange(TestImages.Values(part).Zip(TestImages.Values(first)).Max(pair => Math.Abs(pair.First - pair.Second)), 0, 8);

        static (int, bool) Pictures(byte[] file) => (ImageHeader.Read(file)!.Pictures, ImageHeader.Read(file)!.IsAnimation);
    }

    [Theory]
    [InlineData(".webp")]
    [InlineData(".tif")]
    [InlineData(".bmp")]
    [InlineData(".gif")]
    public void A_file_cut_short_anywhere_is_refused(string extension)
    {
        using var image = TestImages.Pattern(64, 48);
        var whole = extension switch
        {
            ".gif" => Reference("still.gif"),
            ".tif" => TinyTiff.Of(3, 2, 3, 8, photometric: 2, [Corner]),
            _ => Encode(extension, image),
        };
        ImageFile.ReadColor("x", whole).Dispose();
        for (var length = 14; length < whole.Length - 3; length += Math.Max(1, whole.Length / 50))
        {
            var fault = Assert.Throws<ImageFileException>(() => ImageFile.ReadColor("x", whole[..length]).Dispose());
            Assert.Equal(ImageFault.Truncated, fault.Fault);
        }
    }

    [Fact]
    public void The_smallest_and_the_longest_images_are_read()
    {
        foreach (var (width, height) in new[] { (1, 1), (65_535, 1), (1, 65_535) })
        {
            using var image = TestImages.Pattern(width, height);
            foreach (var extension in (string[])[".png", ".bmp", ".tif"])
            {
                using var read = ImageFile.ReadColor("x", Encode(extension, image));
                Assert.Equal((width, height), (read.Cols, read.Rows));
            }
        }
    }

    [Fact]
    public void A_jpeg_is_read_up_to_the_longest_side_that_its_decoders_take()
    {
        using var image = TestImages.Gradient(65_500, 1);
        var jpeg = Encode(".jpg", image);
        using (var read = ImageFile.ReadColor("x", jpeg))
            Assert.Equal(65_500, read.Cols);
        var frame = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(frame + 7), 65_535);
        AssertFault(jpeg, ImageFault.NoImage, "is 65535 x 1 pixels, but JPEG decoders take 65500 a side at most");
    }

    [Fact]
    public void Any_changed_byte_gives_an_image_or_a_fault_of_the_file()
    {
        Random random = new(1);
        using var image = TestImages.Gradient(16, 12);
        byte[][] files =
        [
            Reference("animated.gif"), Reference("cmyk.jpg"), TinyTiff.Of(3, 2, 3, 8, 2, [Corner, Corner], (274, 6)), WebPOf(image),
            AnimatedWebP(16, 12, (WebPOf(image), 0, 0)), Encode(".bmp", image),
        ];
        foreach (var file in files)
        {
            for (var trial = 0; trial < 150; trial++)
            {
                var changed = file.ToArray();
                changed[random.Next(Math.Min(changed.Length, 400))] = (byte)random.Next(256);
                try
                {
                    ImageFile.ReadColor("x", changed).Dispose();
                }
                catch (ImageFileException)
                {
                    // Any other exception fails the test.
                }
            }
        }
    }

    private static byte[] Rgb(int width, int height, Func<int, int, byte[]> color) =>
        [.. from y in Enumerable.Range(0, height) from x in Enumerable.Range(0, width) from value in color(x, y) select value];

    private static byte[] Encode(string extension, Mat image)
    {
        Assert.True(Cv2.ImEncode(extension, image, out var bytes));
        return bytes;
    }

    private static byte[] WebPOf(Mat image)
    {
        Cv2.ImEncode(".webp", image, out var bytes, new ImageEncodingParam(ImwriteFlags.WebPQuality, 101));      // above 100: without loss
        return bytes;
    }

    /// <summary>The image with its orientation where the format has it.</summary>
    private static byte[] Oriented(string extension, Mat image, int orientation)
    {
        byte[] exif = [.. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, (byte)orientation, 0, 0, 0, 0, 0, 0, 0];
        switch (extension)
        {
            case ".png":
                var png = Encode(".png", image);
                using (MemoryStream chunk = new())
                {
                    Png.WriteChunk(chunk, "eXIf"u8, exif);
                    return [.. png[..33], .. chunk.ToArray(), .. png[33..]];
                }
            case ".jpg":
                Cv2.ImEncode(".jpg", image, out var jpeg, new ImageEncodingParam(ImwriteFlags.JpegQuality, 98));
                return [.. jpeg[..2], 0xFF, 0xE1, 0, (byte)(8 + exif.Length), .. "Exif\0\0"u8, .. exif, .. jpeg[2..]];
            case ".webp":
                return Riff([.. Chunk("VP8X", [0x08, 0, 0, 0, .. Number24(image.Cols - 1), .. Number24(image.Rows - 1)]), .. WebPOf(image)[12..], .. Chunk("EXIF", exif)]);
            default:
                var pixels = TestImages.Values(image);
                for (var i = 0; i < pixels.Length; i += 3)
                    (pixels[i], pixels[i + 2]) = (pixels[i + 2], pixels[i]);
                return TinyTiff.Of(image.Cols, image.Rows, 3, 8, photometric: 2, [pixels], (274, orientation));
        }
    }

    private static byte[] AnimatedWebP(int width, int height, params (byte[] Picture, int X, int Y)[] frames)
    {
        byte[] chunks = [.. Chunk("VP8X", [0x02, 0, 0, 0, .. Number24(width - 1), .. Number24(height - 1)]), .. Chunk("ANIM", new byte[6])];
        foreach (var (picture, x, y) in frames)
        {
            var header = ImageHeader.Read(picture)!;
            byte[] place = [.. Number24(x / 2), .. Number24(y / 2), .. Number24(header.Width - 1), .. Number24(header.Height - 1), 100, 0, 0, 0];
            chunks = [.. chunks, .. Chunk("ANMF", [.. place, .. picture[12..]])];
        }
        return Riff(chunks);
    }

    private static byte[] Riff(byte[] chunks) => [.. "RIFF"u8, .. BitConverter.GetBytes(chunks.Length + 4), .. "WEBP"u8, .. chunks];

    private static byte[] Chunk(string type, byte[] data) =>
        [.. type.Select(letter => (byte)letter), .. BitConverter.GetBytes(data.Length), .. data, .. new byte[data.Length & 1]];

    private static byte[] Number24(int value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16)];

    private static void AssertColors(byte[][] expected, byte[] file)
    {
        using var image = ImageFile.ReadColor("x", file);
        Assert.Equal(expected.SelectMany(color => color), TestImages.Values(image));
    }

    private static void AssertSame(byte[] expected, byte[] file)
    {
        using Mat known = ImageFile.ReadColor("x", expected), read = ImageFile.ReadColor("x", file);
        Assert.Equal(TestImages.Values(known), TestImages.Values(read));
    }

    private static void AssertFault(byte[] file, ImageFault fault, string what)
    {
        var error = Assert.Throws<ImageFileException>(() => ImageFile.ReadColor("x.file", file).Dispose());
        Assert.Equal(fault, error.Fault);
        Assert.StartsWith("'x.file' ", error.Message, StringComparison.Ordinal);
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
    }
}

using System.Buffers.Binary;
using System.IO.Compression;
using FsCheck;
using FsCheck.Fluent;

namespace SkiaSharp.Tests;

public class PngTests
{
    private static readonly (SKColorType Type, SKAlphaType Alpha, int Channels)[] Kinds =
    [
        (SKColorType.Gray8, SKAlphaType.Opaque, 1),
        (SKColorType.Rgba8888, SKAlphaType.Opaque, 3),
        (SKColorType.Bgra8888, SKAlphaType.Opaque, 3),
        (SKColorType.Rgba8888, SKAlphaType.Unpremul, 4),
        (SKColorType.Bgra8888, SKAlphaType.Unpremul, 4),
    ];

    [Fact]
    public void Decoding_gives_the_pixels_back() => Prop.ForAll(
        Gen.Choose(1, 40).Two().Zip(Gen.Choose(0, Kinds.Length - 1).Zip(Gen.Choose(0, 9999))).ToArbitrary(), input =>
        {
            var ((width, height), (kind, seed)) = input;
            var (type, alpha, channels) = Kinds[kind];
            Random random = new(seed);
            using SKBitmap bitmap = new(width, height, type, alpha);
            var smooth = seed % 2 == 0;
            var span = bitmap.GetPixelSpan();
            for (var i = 0; i < span.Length; i++)
                span[i] = (byte)(smooth ? i / 7 : random.Next(256));

            using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
            var samples = Decode(data.ToArray(), out var size);
            Assert.Equal((width, height, channels), size);
            for (var i = 0; i < width * height; i++)
            {
                var color = bitmap.GetPixel(i % width, i / width);
                byte[] expected = [color.Red, color.Green, color.Blue, color.Alpha];
                Assert.Equal(expected[..channels], samples[(i * channels)..((i + 1) * channels)]);
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Premultiplied_pixels_are_written_with_straight_alpha()
    {
        using SKBitmap bitmap = new(1, 1);
        bitmap.SetPixel(0, 0, new SKColor(200, 100, 0, 51));
        using var image = SKImage.FromBitmap(bitmap);
        using var data = image.Encode(SKEncodedImageFormat.Png, 100);
        Assert.Equal(new byte[] { 200, 100, 0, 51 }, Decode(data.ToArray(), out _));
    }

    [Fact]
    public void Other_formats_are_refused()
    {
        using SKBitmap bitmap = new(1, 1);
        Assert.Contains("PNG", Assert.Throws<NotSupportedException>(() => bitmap.Encode(SKEncodedImageFormat.Jpeg, 90)).Message);
    }

    [Fact]
    public void Data_is_saved_whole()
    {
        using var data = SKData.CreateCopy([1, 2, 3]);
        using MemoryStream stream = new();
        data.SaveTo(stream);
        Assert.Equal(new byte[] { 1, 2, 3 }, stream.ToArray());
        Assert.Equal(3, data.Size);
    }

    /// <summary>A reader for just the files that the encoder writes: 8 bits, no palette, not interlaced.</summary>
    private static byte[] Decode(byte[] file, out (int Width, int Height, int Channels) size)
    {
        size = default;
        using MemoryStream compressed = new();
        for (var at = 8; at < file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            var name = System.Text.Encoding.ASCII.GetString(file, at + 4, 4);
            var content = file.AsSpan(at + 8, length);
            if (name == "IHDR")
                size = (BinaryPrimitives.ReadInt32BigEndian(content), BinaryPrimitives.ReadInt32BigEndian(content[4..]),
                    content[9] switch { 0 => 1, 2 => 3, _ => 4 });
            if (name == "IDAT")
                compressed.Write(content);
            at += length + 12;
        }
        compressed.Position = 0;
        using MemoryStream rows = new();
        using (ZLibStream zlib = new(compressed, CompressionMode.Decompress))
            zlib.CopyTo(rows);

        var (filtered, stride) = (rows.ToArray(), size.Width * size.Channels);
        var samples = new byte[stride * size.Height];
        for (var y = 0; y < size.Height; y++)
        {
            for (var x = 0; x < stride; x++)
            {
                var left = x < size.Channels ? 0 : samples[y * stride + x - size.Channels];
                var above = y == 0 ? 0 : samples[(y - 1) * stride + x];
                var corner = x < size.Channels || y == 0 ? 0 : samples[(y - 1) * stride + x - size.Channels];
                var paeth = new[] { left, above, corner }.MinBy(value => Math.Abs(left + above - corner - value));
                var prediction = filtered[y * (stride + 1)] switch
                {
                    0 => 0,
                    1 => left,
                    2 => above,
                    4 => paeth,
                    var other => throw new InvalidDataException($"filter {other}")
                };
                samples[y * stride + x] = (byte)(filtered[y * (stride + 1) + x + 1] + prediction);
            }
        }
        return samples;
    }
}

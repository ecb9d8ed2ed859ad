using System.Buffers.Binary;
using System.IO.Compression;
using FsCheck;
using FsCheck.Fluent;
using OpenCvSharp;
using Seg.Models;
using Seg.Predict.Imaging;

namespace Seg.Predict.Tests.Imaging;

public sealed class LabelPngTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Any_label_map_comes_back_from_a_palette_and_from_a_gray_file() => Prop.ForAll(Maps(), map =>
    {
        LabelPng.Write(folder["mask.png"], map, TestImages.Classes.Colors);
        LabelPng.Write(folder["ids.png"], map);
        using var palette = ImageFile.ReadGray(folder["mask.png"]);
        using var gray = ImageFile.ReadGray(folder["ids.png"]);
        return TestImages.Values(palette).SequenceEqual(map.Labels) && TestImages.Values(gray).SequenceEqual(map.Labels)
            && palette.Cols == map.Width && gray.Rows == map.Height;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Other_programs_see_the_classes_colours()
    {
        LabelPng.Write(folder["mask.png"], new LabelMap(3, 1, [2, 0, 255]), TestImages.Classes.Colors);
        using var seen = ImageFile.ReadColor(folder["mask.png"]);
        Assert.Equal([142, 0, 0, 128, 64, 128, 0, 0, 0], TestImages.Values(seen));   // BGR
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Packed_values_are_not_stretched(int bits)
    {
        byte[] row = [1, 0, 1, 1, 0, 1, 0];
        var packed = new byte[(row.Length * bits + 7) / 8];
        for (var x = 0; x < row.Length; x++)
            packed[x * bits / 8] |= (byte)(row[x] << (8 - bits - x * bits % 8));
        File.WriteAllBytes(folder["packed.png"], MakePng(row.Length, 1, bits, colorType: 0, [0, .. packed]));
        using var read = ImageFile.ReadGray(folder["packed.png"]);
        Assert.Equal(row, TestImages.Values(read));
    }

    [Fact]
    public void Every_row_filter_is_undone()
    {
        const int Width = 9, Height = 5;                        // one row for each of the filters 0 to 4
        var values = Enumerable.Range(0, Width * Height).Select(i => (byte)(i * i * 37 % 251)).ToArray();
        var filtered = new List<byte>();
        for (var y = 0; y < Height; y++)
        {
            filtered.Add((byte)y);
            for (var x = 0; x < Width; x++)
                filtered.Add((byte)(At(x, y) - Predicted(y, At(x - 1, y), At(x, y - 1), At(x - 1, y - 1))));
        }
        File.WriteAllBytes(folder["x.png"], MakePng(Width, Height, bits: 8, colorType: 3, [.. filtered]));
        using var read = ImageFile.ReadGray(folder["x.png"]);
        Assert.Equal(values, TestImages.Values(read));

        int At(int x, int y) => x < 0 || y < 0 ? 0 : values[y * Width + x];
    }

    [Fact]
    public void A_palette_file_that_is_interlaced_or_ends_early_is_refused()
    {
        File.WriteAllBytes(folder["short.png"], MakePng(4, 4, bits: 8, colorType: 3, [0, 1, 2, 3, 4]));
        File.WriteAllBytes(folder["interlaced.png"], MakePng(1, 1, bits: 8, colorType: 3, [0, 1], interlaced: true));
        Assert.Contains("do not fill 4 x 4", Assert.Throws<ImageFileException>(() => ImageFile.ReadGray(folder["short.png"])).Message, StringComparison.Ordinal);
        Assert.Contains("interlaced", Assert.Throws<ImageFileException>(() => ImageFile.ReadGray(folder["interlaced.png"])).Message, StringComparison.Ordinal);
    }

    /// <summary>What each filter (W3C PNG, table 9.1) subtracts.</summary>
    private static int Predicted(int filter, int left, int above, int corner)
    {
        var estimate = left + above - corner;
        int[] paeth = [.. new[] { left, above, corner }.OrderBy(value => Math.Abs(estimate - value))];   // stable, so ties go left, above, corner
        return filter switch { 0 => 0, 1 => left, 2 => above, 3 => (left + above) / 2, _ => paeth[0] };
    }

    private static byte[] MakePng(int width, int height, int bits, byte colorType, byte[] rows, bool interlaced = false)
    {
        using MemoryStream file = new(), data = new();
        using (ZLibStream zlib = new(data, CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write(rows);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = ((byte)bits, colorType, interlaced ? (byte)1 : (byte)0);
        file.Write(Png.Signature);
        Png.WriteChunk(file, "IHDR"u8, header);
        Png.WriteChunk(file, "IDAT"u8, data.ToArray());
        Png.WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static Arbitrary<LabelMap> Maps() => (
        from width in Gen.Choose(1, 40)
        from height in Gen.Choose(1, 20)
        from labels in Gen.ArrayOf(Gen.Elements<byte>(0, 1, 2, 7, 200, 255), width * height)
        select new LabelMap(width, height, labels)).ToArbitrary();
}

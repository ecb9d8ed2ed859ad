using System.Buffers.Binary;
using OpenCvSharp;

namespace Seg.Predict.Imaging;

/// <summary>GIF files (GIF89a): what they say of themselves, and their first picture, which OpenCV 4.6 does not read.</summary>
internal static class Gif
{
    private const int ScreenEnd = 13, PictureHeader = 10;
    private const byte Extension = 0x21, Picture = 0x2C;

    public static bool IsGif(ReadOnlySpan<byte> file) => file.StartsWith("GIF87a"u8) || file.StartsWith("GIF89a"u8);

    public static ImageHeader ReadHeader(ReadOnlySpan<byte> file)
    {
        ImageHeader header = new() { Format = ImageFormat.Gif, Bits = 8, Channels = 1 };
        if (file.Length < ScreenEnd)
            return header;
        var pictures = 0;
        var blocks = new BlockReader(file);
        while (blocks.NextPicture())
            pictures++;
        return header with
        {
            Width = Number(file, 6),
            Height = Number(file, 8),
            IsAnimation = pictures > 1,
            Pictures = Math.Max(1, pictures),
        };
    }

    /// <summary>The first picture, on a ground of the background's colour where it does not fill the screen.</summary>
    /// <param name="path">What messages call it.</param>
    /// <returns>CV_8UC3 in BGR; null where the file ends early or is no GIF that can be decoded.</returns>
    /// <exception cref="ImageFileException">The picture is larger than any image that can be decoded.</exception>
    public static Mat? Decode(string path, ReadOnlySpan<byte> file)
    {
        var blocks = new BlockReader(file);
        if (file.Length < ScreenEnd || !blocks.NextPicture())
            return null;
        var header = blocks.Header;
        int left = Number(header, 1), top = Number(header, 3), width = Number(header, 5), height = Number(header, 7);
        int screenWidth = Math.Max(Number(file, 6), left + width), screenHeight = Math.Max(Number(file, 8), top + height);
        if (width == 0 || height == 0)
            return null;
        ImageFile.RequireSize(path, screenWidth, screenHeight);
        var indices = new byte[width * height];
        if (!GifCodes.Unpack(blocks.Codes, indices))
            return null;

        var colors = blocks.Colors;
        Mat image = new(screenHeight, screenWidth, MatType.CV_8UC3, Color(blocks.ScreenColors, file[11]));
        var isInterlaced = (header[9] & 0x40) != 0;
        for (var row = 0; row < height; row++)
        {
            var pixels = image.RowBytes(top + (isInterlaced ? InterlacedRow(row, height) : row))[(3 * left)..];
            for (var x = 0; x < width; x++)
            {
                var place = 3 * indices[row * width + x];
                if (place + 3 <= colors.Length)
                    (pixels[3 * x], pixels[3 * x + 1], pixels[3 * x + 2]) = (colors[place + 2], colors[place + 1], colors[place]);
            }
        }
        GC.KeepAlive(image);
        return image;
    }

    private static Scalar Color(ReadOnlySpan<byte> colors, int index) =>
        3 * index + 3 <= colors.Length ? new Scalar(colors[3 * index + 2], colors[3 * index + 1], colors[3 * index]) : new Scalar(0, 0, 0);

    private static int Number(ReadOnlySpan<byte> bytes, int place) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[place..]);

    /// <summary>
    /// Where the row stands that is stored as number <paramref name="row"/>: every 8th from 0, then from 4, then every 4th from 2, then
    /// every 2nd from 1.
    /// </summary>
    private static int InterlacedRow(int row, int height)
    {
        foreach (var (first, step) in ((int, int)[])[(0, 8), (4, 8), (2, 4), (1, 2)])
        {
            var count = (height - first + step - 1) / step;
            if (row < count)
                return first + row * step;
            row -= Math.Max(0, count);
        }
        return height - 1;
    }

    /// <summary>Goes through the pictures of a file.</summary>
    private ref struct BlockReader
    {
        private readonly ReadOnlySpan<byte> file;
        private int next;

        public BlockReader(ReadOnlySpan<byte> file)
        {
            this.file = file;
            if (file.Length < ScreenEnd)
                return;
            var length = ColorsLength(file[10]);
            ScreenColors = length <= file.Length - ScreenEnd ? file.Slice(ScreenEnd, length) : [];
            next = ScreenEnd + length;
        }

        /// <summary>R, G, B of each index, for pictures without colours of their own.</summary>
        public ReadOnlySpan<byte> ScreenColors { get; }

        /// <summary>The picture's place, size and flags.</summary>
        public ReadOnlySpan<byte> Header { get; private set; }

        /// <summary>R, G, B of each index.</summary>
        public ReadOnlySpan<byte> Colors { get; private set; }

        /// <summary>The compressed pixels: the length of the first codes in bits, then blocks, each with its length before it.</summary>
        public ReadOnlySpan<byte> Codes { get; private set; }

        public bool NextPicture()
        {
            while (next >= ScreenEnd && next < file.Length && file[next] == Extension)
                next = Skip(next + 2);
            if (next < ScreenEnd || next + PictureHeader >= file.Length || file[next] != Picture)
                return false;
            Header = file.Slice(next, PictureHeader);
            var length = ColorsLength(Header[9]);
            var codes = next + PictureHeader + length;
            if (codes >= file.Length)
                return false;
            Colors = length > 0 ? file.Slice(next + PictureHeader, length) : ScreenColors;
            Codes = file[codes..];
            next = Skip(codes + 1);
            return true;
        }

        private static int ColorsLength(byte flags) => (flags & 0x80) != 0 ? 3 << (flags & 7) + 1 : 0;

        /// <summary>Behind the blocks that begin here, of which the last is empty.</summary>
        private readonly int Skip(int place)
        {
            while (place < file.Length && file[place] != 0)
                place += 1 + file[place];
            return place + 1;
        }
    }
}

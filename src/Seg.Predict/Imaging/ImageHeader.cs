using System.Buffers.Binary;
using Seg.Models;

namespace Seg.Predict.Imaging;

/// <summary>What an image file says of itself before its pixels: the parts that decoding hides.</summary>
/// <remarks>Of BMP and PNM little more than <see cref="Format"/> is known.</remarks>
public sealed record ImageHeader
{
    private static ReadOnlySpan<byte> ExifMark => "Exif\0\0"u8;

    public required ImageFormat Format { get; init; }

    /// <summary>Stored columns and rows, before any turn that EXIF asks for; 0 where not known.</summary>
    public int Width { get; init; }

    /// <inheritdoc cref="Width"/>
    public int Height { get; init; }

    /// <summary>Bits of one channel; 0 where not known.</summary>
    public int Bits { get; init; }

    /// <summary>Stored channels, an alpha channel among them; 1 of a palette image; 0 where not known.</summary>
    public int Channels { get; init; }

    /// <summary>Whether pixels have a transparency of their own.</summary>
    public bool HasAlpha { get; init; }

    /// <summary>The colours of a palette PNG, in the order of the indices; null of any other image.</summary>
    public IReadOnlyList<Rgb>? Palette { get; init; }

    /// <summary>EXIF's orientation, 1 to 8; 1 is upright, and 5 to 8 swap width and height.</summary>
    public int Orientation { get; init; } = 1;

    /// <summary>Pictures of an animation, or pages; 1 of most files.</summary>
    public int Pictures { get; init; } = 1;

    /// <summary>Whether the pictures follow each other in time.</summary>
    public bool IsAnimation { get; init; }

    /// <summary>Whether the values are numbers with a fraction, which have no known range.</summary>
    public bool HasFractions { get; init; }

    /// <summary>Whether the channels are the inks cyan, magenta, yellow and black.</summary>
    public bool IsCmyk { get; init; }

    /// <summary>Of a JPEG with inks: whether Adobe's mark says in which sense they are stored, 255 for none.</summary>
    public bool HasAdobeMark { get; init; }

    /// <summary>Reads a file's beginning.</summary>
    /// <param name="file">All of the file, or as much of it as stands before the pixels.</param>
    /// <returns>null where it is no image of a known format.</returns>
    public static ImageHeader? Read(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith(Png.Signature))
            return ReadPng(file);
        if (file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
            return ReadJpeg(file);
        if (Bmp.IsBmp(file))
            return Bmp.ReadHeader(file);
        if (Tiff.IsTiff(file))
            return Tiff.ReadHeader(file);
        if (WebP.IsWebP(file))
            return WebP.ReadHeader(file);
        if (Gif.IsGif(file))
            return Gif.ReadHeader(file);
        if (file.Length > 2 && file[0] == 'P' && file[1] is >= (byte)'1' and <= (byte)'6' && char.IsWhiteSpace((char)file[2]))
            return new ImageHeader { Format = ImageFormat.Pnm };
        return null;
    }

    /// <summary>The format that a file name's extension promises; null of an extension that promises none.</summary>
    public static ImageFormat? Promised(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".png" => ImageFormat.Png,
        ".jpg" or ".jpeg" => ImageFormat.Jpeg,
        ".bmp" => ImageFormat.Bmp,
        ".tif" or ".tiff" => ImageFormat.Tiff,
        ".webp" => ImageFormat.WebP,
        ".ppm" or ".pgm" => ImageFormat.Pnm,
        ".gif" => ImageFormat.Gif,
        _ => null,
    };

    private static ImageHeader ReadPng(ReadOnlySpan<byte> file)
    {
        const int Gray = 0, Palette = 3, GrayAlpha = 4, ColorAlpha = 6;
        ImageHeader header = new() { Format = ImageFormat.Png };
        var chunks = new Png.ChunkReader(file);
        while (chunks.Next() && chunks.Type != "IEND")
        {
            var data = chunks.Data;
            header = chunks.Type switch
            {
                "IHDR" when data.Length >= 10 => header with
                {
                    Width = BinaryPrimitives.ReadInt32BigEndian(data),
                    Height = BinaryPrimitives.ReadInt32BigEndian(data[4..]),
                    Bits = data[8],
                    Channels = data[9] switch { Gray or Palette => 1, GrayAlpha => 2, ColorAlpha => 4, _ => 3 },
                    HasAlpha = data[9] is GrayAlpha or ColorAlpha,
                },
                "PLTE" => header with { Palette = Colors(data) },
                "tRNS" => header with { HasAlpha = true },
                "eXIf" => header with { Orientation = Tiff.ReadOrientation(data) },
                "acTL" when data.Length >= 4 => header with
                {
                    Pictures = Math.Max(1, BinaryPrimitives.ReadInt32BigEndian(data)),
                    IsAnimation = BinaryPrimitives.ReadInt32BigEndian(data) > 1,
                },
                _ => header,
            };
        }
        return header.Channels == 1 ? header : header with { Palette = null };      // a colour PNG may suggest a palette for old screens
    }

    private static Rgb[] Colors(ReadOnlySpan<byte> data)
    {
        var colors = new Rgb[data.Length / 3];
        for (var index = 0; index < colors.Length; index++)
            colors[index] = new Rgb(data[3 * index], data[3 * index + 1], data[3 * index + 2]);
        return colors;
    }

    /// <summary>Walks the segments (ITU T.81, annex B) up to the scan.</summary>
    private static ImageHeader ReadJpeg(ReadOnlySpan<byte> file)
    {
        const byte StartOfScan = 0xDA, App1 = 0xE1, App14 = 0xEE;
        ImageHeader header = new() { Format = ImageFormat.Jpeg };
        for (var position = AfterFill(file, 2); position + 4 <= file.Length && file[position] == 0xFF && file[position + 1] != StartOfScan;)
        {
            var marker = file[position + 1];
            var length = BinaryPrimitives.ReadUInt16BigEndian(file[(position + 2)..]);
            if (length < 2 || position + 2 + length > file.Length)
                break;
            var data = file.Slice(position + 4, length - 2);
            // Start of frame: C0 to CF, but for the tables C4, C8 and CC.
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC) && data.Length >= 6)
            {
                header = header with
                {
                    Bits = data[0],
                    Height = BinaryPrimitives.ReadUInt16BigEndian(data[1..]),
                    Width = BinaryPrimitives.ReadUInt16BigEndian(data[3..]),
                    Channels = data[5],
                    IsCmyk = data[5] == 4,
                };
            }
            else if (marker == App1 && data.StartsWith(ExifMark))
            {
                header = header with { Orientation = Tiff.ReadOrientation(data[ExifMark.Length..]) };
            }
            else if (marker == App14 && data.StartsWith("Adobe"u8))
            {
                header = header with { HasAdobeMark = true };
            }
            position = AfterFill(file, position + 2 + length);
        }
        return header;
    }

    /// <summary>Where the marker begins that stands here, behind as many more bytes 0xFF as the writer liked (B.1.1.2).</summary>
    private static int AfterFill(ReadOnlySpan<byte> file, int position)
    {
        while (position + 1 < file.Length && file[position] == 0xFF && file[position + 1] == 0xFF)
            position++;
        return position;
    }
}

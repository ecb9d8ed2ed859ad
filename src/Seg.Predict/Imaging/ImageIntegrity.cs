using System.Buffers.Binary;

namespace Seg.Predict.Imaging;

/// <summary>
/// Finds files that end early or are damaged before they are decoded: decoders fill what is missing with gray and say nothing,
/// and a network would then be trained on it.
/// </summary>
internal static class ImageIntegrity
{
    private static ReadOnlySpan<byte> JpegStart => [0xFF, 0xD8, 0xFF];

    /// <exception cref="ImageFileException">A file that is cut short, or a PNG chunk whose checksum is wrong.</exception>
    public static void Check(string path, ReadOnlySpan<byte> file)
    {
        if (file.StartsWith(Png.Signature))
            CheckPng(path, file);
        else if (file.StartsWith(JpegStart))
            CheckJpeg(path, file);
        else if (WebP.IsWebP(file) && file.Length < WebP.DeclaredLength(file))
            throw Truncated(path, "WebP", file.Length, $"{WebP.DeclaredLength(file)} bytes by its header, but it has");
        else if (Tiff.IsTiff(file) && Tiff.IsCutShort(file))
            throw Truncated(path, "TIFF", file.Length, "its pixels do not end within its");
        else if (Bmp.IsBmp(file) && Bmp.IsCutShort(file))
            throw Truncated(path, "BMP", file.Length, "its pixels do not end within its");
    }

    private static void CheckPng(string path, ReadOnlySpan<byte> file)
    {
        var chunks = new Png.ChunkReader(file);
        while (chunks.Next())
        {
            if (!chunks.ChecksumHolds)
                throw new ImageFileException(ImageFault.Damaged,
                    $"'{path}' is damaged: the checksum of its {chunks.Type} chunk at byte {chunks.Offset} is wrong; copy or export it again.");
            if (chunks.Type == "IEND")
                return;
        }
        throw Truncated(path, "PNG", file.Length, "no IEND chunk in");
    }

    /// <summary>
    /// Walks the segments (ITU T.81, annex B) up to the end-of-image marker, so that a thumbnail's own end inside a segment does not count.
    /// </summary>
    private static void CheckJpeg(string path, ReadOnlySpan<byte> file)
    {
        const byte StartOfScan = 0xDA, EndOfImage = 0xD9;
        var position = 2;
        while (true)
        {
            // To the next marker: 0xFF and neither a stuffed zero, a restart (D0–D7) nor a fill byte. In entropy-coded data this skips the data.
            while (position + 1 < file.Length && !(file[position] == 0xFF && file[position + 1] is not (0x00 or 0xFF or (>= 0xD0 and <= 0xD7))))
            {
                var next = file[(position + 1)..].IndexOf((byte)0xFF);
                if (next < 0)
                    throw Truncated(path, "JPEG", file.Length, "no end-of-image marker in");
                position += next + 1;
            }
            if (position + 3 >= file.Length && !(position + 1 < file.Length && file[position + 1] == EndOfImage))
                throw Truncated(path, "JPEG", file.Length, "no end-of-image marker in");
            var marker = file[position + 1];
            if (marker == EndOfImage)
                return;
            var length = BinaryPrimitives.ReadUInt16BigEndian(file[(position + 2)..]);
            position += 2 + length;
            if (position > file.Length)
                throw Truncated(path, "JPEG", file.Length, marker == StartOfScan ? "the scan is not in" : "its header is not whole in");
        }
    }

    private static ImageFileException Truncated(string path, string format, int length, string sign) =>
        new(ImageFault.Truncated, $"'{path}' is a truncated {format} ({sign} {length} bytes); copy or export it again.");
}

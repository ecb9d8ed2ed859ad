using System.Text;

namespace Seg.Predict.Imaging;

/// <summary>HEIC and AVIF files, which phones write and OpenCV 4.6 does not read: known, so that they can be refused by their name.</summary>
internal static class Heif
{
    private static readonly string[] Brands = ["heic", "heix", "mif1", "msf1", "avif", "avis"];

    /// <summary>Whether a file of ISO's base format, as MP4 is one too, holds still images.</summary>
    public static bool IsHeif(ReadOnlySpan<byte> file) =>
        file.Length >= 12 && file[4..].StartsWith("ftyp"u8) && Brands.Contains(Encoding.ASCII.GetString(file[8..12]));
}

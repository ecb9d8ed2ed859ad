using Seg.Predict.Imaging;

namespace Seg.Predict.Inputs;

/// <summary>Tells images and videos apart: by their content, and where that says nothing by their extension.</summary>
internal static class FileKind
{
    private const int StartLength = 64;

    public static readonly string[] VideoExtensions = [".mp4", ".avi", ".mov", ".mkv", ".webm", ".m4v", ".mpg", ".mpeg", ".wmv"];

    /// <summary>All extensions, for messages.</summary>
    public static string KnownExtensions => string.Join(' ', ImageFile.Extensions.Concat(VideoExtensions));

    /// <summary>Whether a folder's file is looked at, which goes by its extension.</summary>
    public static bool HasKnownExtension(string path) => HasExtension(path, ImageFile.Extensions) || HasExtension(path, VideoExtensions);

    public static bool HasVideoExtension(string path) => HasExtension(path, VideoExtensions);

    /// <returns>null of a file that neither its content nor its extension tells to be either.</returns>
    public static bool? IsVideo(string path) =>
        Look(path) ?? (HasExtension(path, VideoExtensions) ? true : HasExtension(path, ImageFile.Extensions) ? false : null);

    /// <summary>Whether this is how a video begins, or an image; null: neither.</summary>
    public static bool? IsVideo(ReadOnlySpan<byte> start)
    {
        if (Heif.IsHeif(start))
            return false;
        if ((start.Length >= 12 && start[4..].StartsWith("ftyp"u8))                                     // MP4
            || start.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3])                           // Matroska, WebM
            || start.StartsWith((ReadOnlySpan<byte>)[0x30, 0x26, 0xB2, 0x75])                           // Windows Media
            || start.StartsWith((ReadOnlySpan<byte>)[0, 0, 1, 0xBA])                                    // MPEG
            || (start.Length >= 12 && start.StartsWith("RIFF"u8) && start[8..].StartsWith("AVI "u8)))
            return true;
        return ImageHeader.Read(start) is null ? null : false;
    }

    private static bool? Look(string path)
    {
        Span<byte> start = stackalloc byte[StartLength];
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            // What is read of a pipe would be missing when it is decoded.
            return file.CanSeek ? IsVideo(start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)]) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;                                        // what is wrong with it is told when it is read
        }
    }

    private static bool HasExtension(string path, IEnumerable<string> extensions) =>
        extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);
}

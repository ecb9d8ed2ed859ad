using Seg.Models;
using Seg.Predict.Imaging;

namespace Seg.Predict.Inputs;

/// <summary>Turns what a user names (files, folders, patterns) into the images and videos to predict.</summary>
public static class InputSource
{
    private static readonly string[] VideoExtensions = [".mp4", ".avi", ".mov", ".mkv", ".webm", ".m4v", ".mpg", ".mpeg", ".wmv"];

    /// <summary>
    /// Finds the images and videos behind each input, in the order of the inputs, those of a folder or pattern in the order of their names.
    /// </summary>
    /// <param name="inputs">
    /// Files; folders, searched with their subfolders, whose structure the names keep; patterns with *, ? and ** (any number of folders). A file that is
    /// named twice is taken once.
    /// </param>
    /// <param name="outputFolder">
    /// Where results will go; what lies in it is no input, so that a second run does not predict the first one's overlays.
    /// </param>
    /// <exception cref="InputException">An input does not exist, matches nothing, holds no image or video, or is neither.</exception>
    public static IReadOnlyList<InputItem> Find(IReadOnlyList<string> inputs, string? outputFolder = null)
    {
        if (inputs.Count == 0)
            throw new InputException("There is no input: name image files, video files, folders or patterns such as 'photos/*.jpg'.");
        var output = outputFolder is null ? null : Path.GetFullPath(outputFolder).TrimEnd('/') + "/";
        HashSet<string> seen = [];
        List<(string Path, bool IsVideo, string Name)> found = [];
        foreach (var input in inputs)
        {
            foreach (var (path, name) in Expand(input, file => output is not null && file.StartsWith(output, StringComparison.Ordinal)))
            {
                if (seen.Add(Path.GetFullPath(path)))
                    found.Add((path, IsVideo(path), name));
            }
        }
        var names = OutputNames.MakeUnique([.. found.Select(item => (item.Path, item.Name))]);
        return [.. found.Select((item, index) => new InputItem(item.Path, item.IsVideo, names[index]))];
    }

    private static string KnownExtensions => string.Join(' ', ImageFile.Extensions.Concat(VideoExtensions));

    /// <summary>The files behind one input, each with the name that its results should have.</summary>
    private static List<(string Path, string Name)> Expand(string input, Func<string, bool> isOutput)
    {
        if (File.Exists(input))
            return [(input, Path.GetFileNameWithoutExtension(input))];
        if (Directory.Exists(input))
        {
            var files = List(input).Where(file => IsKnown(file) && !isOutput(Path.GetFullPath(file))).ToList();
            return files.Count > 0
                ? [.. files.Select(file => (file, NameWithin(input, file)))]
                : throw new InputException($"The folder '{input}' holds no image or video ({KnownExtensions}).");
        }
        if (!GlobPattern.IsPattern(input))
            throw new InputException($"There is no file or folder '{input}'.");
        var pattern = new GlobPattern(input);
        if (!Directory.Exists(pattern.Folder))
            throw new InputException($"There is no folder '{pattern.Folder}', which the pattern '{input}' begins with.");
        var matches = List(pattern.Folder, pattern.IsDeep)
            .Where(file => pattern.Matches(file) && IsKnown(file) && !isOutput(Path.GetFullPath(file))).ToList();
        return matches.Count > 0
            ? [.. matches.Select(file => (file, NameWithin(pattern.Folder, file)))]
            : throw new InputException($"No image or video matches the pattern '{input}'.");
    }

    private static IEnumerable<string> List(string folder, bool deep = true)
    {
        try
        {
            var options = new EnumerationOptions { RecurseSubdirectories = deep, AttributesToSkip = FileAttributes.System };
            return [.. Directory.EnumerateFiles(folder, "*", options).Order(StringComparer.Ordinal)];
        }
        catch (UnauthorizedAccessException error)
        {
            throw new InputException($"Cannot read the folder '{folder}': {error.Message}", error);
        }
    }

    private static string NameWithin(string folder, string file) =>
        Path.ChangeExtension(Path.GetRelativePath(folder, file), null).Replace('\\', '/');

    private static bool HasExtension(string path, IEnumerable<string> extensions) =>
        extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    private static bool IsKnown(string path) => HasExtension(path, ImageFile.Extensions) || HasExtension(path, VideoExtensions);

    /// <summary>By the extension, and where that says nothing by the first bytes.</summary>
    private static bool IsVideo(string path)
    {
        if (HasExtension(path, VideoExtensions))
            return true;
        if (HasExtension(path, ImageFile.Extensions))
            return false;
        Span<byte> start = stackalloc byte[16];
        try
        {
            using var file = File.OpenRead(path);
            start = start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"Cannot read '{path}': {error.Message}", error);
        }
        if (start.Length >= 12 && (start[4..].StartsWith("ftyp"u8) || start.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3])
            || (start.StartsWith("RIFF"u8) && start[8..].StartsWith("AVI "u8))))
            return true;
        if (start.StartsWith(Png.Signature) || start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8]) || start.StartsWith("BM"u8)
            || start.StartsWith("II*\0"u8) || start.StartsWith("MM\0*"u8) || (start.Length >= 12 && start[8..].StartsWith("WEBP"u8)))
            return false;
        throw new InputException($"'{path}' is neither an image nor a video of a known kind ({KnownExtensions}).");
    }
}

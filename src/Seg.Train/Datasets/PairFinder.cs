using Seg.Models;
using Seg.Predict.Imaging;
using Seg.Train.Checks;

namespace Seg.Train.Datasets;

/// <summary>
/// Lists the images of a folder with their masks, in ordinal order of their names, which no locale or file system changes.
/// </summary>
internal sealed class PairFinder
{
    /// <summary>Pictures in formats that are not read, which somebody may take for part of the data.</summary>
    private static readonly string[] UnreadExtensions =
        [".heic", ".heif", ".avif", ".jp2", ".tga", ".psd", ".raw", ".dng", ".nef", ".cr2", ".exr", ".hdr", ".svg", ".npy"];

    private readonly List<DataFault> faults = [];

    private PairFinder() { }

    /// <summary>Pairs files that have the same name below both folders, but for the extension.</summary>
    public static SplitListing ByName(string imageFolder, string maskFolder)
    {
        PairFinder finder = new();
        var images = finder.Below(imageFolder, "images");
        var masks = finder.Below(maskFolder, "masks");
        if (images is null || masks is null)
            return new SplitListing([], finder.faults);
        finder.TellLonely(images, masks, FaultKinds.MissingMask, "image", "mask", maskFolder);
        finder.TellLonely(masks, images, FaultKinds.MissingImage, "mask", "image", imageFolder);
        return new SplitListing(
            [.. images.Where(image => masks.ContainsKey(image.Key)).Select(image => new SamplePaths(image.Value, masks[image.Key]))],
            finder.faults);
    }

    /// <summary>All image files below a folder, in ordinal order.</summary>
    /// <param name="faults">Receives a missing folder, and files that are not read.</param>
    /// <returns>null where the folder is missing or cannot be listed.</returns>
    public static IReadOnlyList<string>? Files(string folder, string kind, List<DataFault> faults)
    {
        if (!Directory.Exists(folder))
        {
            faults.Add(new(FaultKinds.MissingFolder, $"There is no folder '{folder}' for the {kind}.") { File = folder });
            return null;
        }
        try
        {
            var all = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Where(file => !Path.GetFileName(file).StartsWith('.'))      // macOS puts "._a.jpg" beside a.jpg
                .Order(StringComparer.Ordinal).ToArray();
            var unread = all.Where(file => UnreadExtensions.Contains(Path.GetExtension(file).ToLowerInvariant())).ToArray();
            if (unread.Length > 0)
            {
                faults.Add(new(FaultKinds.UnreadFile,
                    $"'{unread[0]}' lies among the {kind} but is not read: {Path.GetExtension(unread[0])} is none of the known formats.")
                { File = unread[0], Files = unread.Length });
            }
            return [.. all.Where(file => ImageFile.Extensions.Contains(Path.GetExtension(file).ToLowerInvariant()))];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            faults.Add(new(FaultKinds.UnreadableFile, $"Cannot list the folder '{folder}': {error.Message.TrimEnd('.')}.") { File = folder });
            return null;
        }
    }

    /// <summary>All image files below a folder by their names without extension; of two with the same name the first.</summary>
    /// <param name="name">Gives the name of a path without extension.</param>
    /// <param name="faults">Receives names that are there twice, and what <see cref="Files"/> tells.</param>
    /// <returns>null where the folder is missing or cannot be listed.</returns>
    public static SortedDictionary<string, string>? ByStem(string folder, string kind, Func<string, string> name, List<DataFault> faults)
    {
        if (Files(folder, kind, faults) is not { } found)
            return null;
        SortedDictionary<string, string> files = new(StringComparer.Ordinal);
        foreach (var file in found)
        {
            var stem = name(Path.ChangeExtension(file, null));
            if (!files.TryAdd(stem, file))
                faults.Add(new(FaultKinds.DoubledName, $"'{files[stem]}' and '{file}' have the same name but for the extension.") { File = file });
        }
        return files;
    }

    /// <summary>The fault of a folder without images.</summary>
    public static DataFault Empty(string folder, string kind) => new(FaultKinds.EmptySplit,
        $"The folder '{folder}' holds no {kind} ({string.Join(", ", ImageFile.Extensions)}).")
    { File = folder };

    /// <summary>By their paths below the folder; null where there are none.</summary>
    private SortedDictionary<string, string>? Below(string folder, string kind)
    {
        var files = ByStem(folder, kind, path => Path.GetRelativePath(folder, path), faults);
        if (files is not { Count: 0 })
            return files;
        faults.Add(Empty(folder, kind));
        return null;
    }

    private void TellLonely(
        SortedDictionary<string, string> files, SortedDictionary<string, string> partners,
        FaultKind missing, string kind, string partner, string folder)
    {
        Dictionary<string, string> byCase = new(StringComparer.OrdinalIgnoreCase);
        foreach (var (stem, file) in partners)
            byCase.TryAdd(stem, file);
        foreach (var (stem, file) in files.Where(file => !partners.ContainsKey(file.Key)))
        {
            if (!byCase.TryGetValue(stem, out var other))
            {
                faults.Add(new(missing, $"The {kind} '{file}' has no {partner}: there is no '{Path.Combine(folder, stem)}' with any " +
                    "image extension.")
                { File = file });
            }
            else if (missing == FaultKinds.MissingMask)          // of a pair that differs by case, both would be told
            {
                faults.Add(new(FaultKinds.NameCase, $"The names of '{file}' and '{other}' differ by case alone.") { File = file });
            }
        }
    }
}

using Seg.Models;
using Seg.Predict.Imaging;

namespace Seg.Train.Datasets;

/// <summary>
/// Lists the images of a folder with their masks, in ordinal order of their names, which no locale or file system changes.
/// </summary>
internal static class PairFinder
{
    /// <summary>Pairs files that have the same name below both folders, but for the extension.</summary>
    /// <exception cref="InputException">A folder is missing or empty, or an image or a mask has no partner.</exception>
    public static IReadOnlyList<SamplePaths> ByName(string imageFolder, string maskFolder)
    {
        var images = ByStem(imageFolder, "images");
        var masks = ByStem(maskFolder, "masks");
        RequirePartners(images, masks, "image", "mask", maskFolder);
        RequirePartners(masks, images, "mask", "image", imageFolder);
        return [.. images.Select(image => new SamplePaths(image.Value, masks[image.Key]))];
    }

    /// <summary>All image files below a folder, in ordinal order.</summary>
    /// <exception cref="InputException">The folder is missing or cannot be listed.</exception>
    public static IReadOnlyList<string> Files(string folder, string kind)
    {
        if (!Directory.Exists(folder))
            throw new InputException($"There is no folder '{folder}' for the {kind}; check data.root, data.format and the split's name.");
        try
        {
            return
            [
                .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                    .Where(IsImage)
                    .Order(StringComparer.Ordinal),
            ];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"Cannot list the folder '{folder}': {error.Message}", error);
        }
    }

    /// <summary>By its extension; hidden files, such as the "._a.jpg" that macOS puts beside a.jpg, are none.</summary>
    private static bool IsImage(string file) =>
        ImageFile.Extensions.Contains(Path.GetExtension(file).ToLowerInvariant()) && !Path.GetFileName(file).StartsWith('.');

    private static SortedDictionary<string, string> ByStem(string folder, string kind)
    {
        SortedDictionary<string, string> files = new(StringComparer.Ordinal);
        foreach (var file in Files(folder, kind))
        {
            var stem = Path.ChangeExtension(Path.GetRelativePath(folder, file), null);
            if (!files.TryAdd(stem, file))
                throw new InputException($"'{files[stem]}' and '{file}' have the same name but for the extension; remove one of them.");
        }
        return files.Count > 0
            ? files
            : throw new InputException($"The folder '{folder}' holds no {kind} ({string.Join(", ", ImageFile.Extensions)}).");
    }

    private static void RequirePartners(
        SortedDictionary<string, string> files, SortedDictionary<string, string> partners, string kind, string partner, string folder)
    {
        var alone = files.Where(file => !partners.ContainsKey(file.Key)).ToArray();
        if (alone.Length == 0)
            return;
        var more = alone.Length > 1 ? $" {alone.Length - 1} more {kind}s have none either." : "";
        throw new InputException($"The {kind} '{alone[0].Value}' has no {partner}: there is no '{Path.Combine(folder, alone[0].Key)}' " +
            $"with any image extension. Add it or remove the {kind}.{more}");
    }
}

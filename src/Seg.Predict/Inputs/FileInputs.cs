using Seg.Models;

namespace Seg.Predict.Inputs;

/// <summary>The files behind what a user names: a file itself, a folder's, a pattern's.</summary>
/// <param name="results">What is no input of a folder or pattern.</param>
internal sealed class FileInputs(EarlierResults results, RealPaths paths)
{
    private static readonly EnumerationOptions AllButSystem = new() { AttributesToSkip = FileAttributes.System };

    /// <param name="input">A path or pattern.</param>
    /// <param name="folder">Where relative ones start; null: at the current folder.</param>
    /// <exception cref="InputException">It does not exist, matches nothing, or holds no image or video.</exception>
    public IEnumerable<FoundFile> Expand(string input, string? folder = null)
    {
        var path = folder is null or "." ? input : Path.Combine(folder, input);
        if (File.Exists(path))
            return [new(path, NameIn(folder, path))];
        if (Directory.Exists(path))
        {
            var files = Inputs(List(path, deep: true), path);
            return files.Count > 0
                ? files.Select(file => new FoundFile(file, NameWithin(path, file)))
                : throw new InputException($"The folder '{input}' holds no image or video ({FileKind.KnownExtensions}).");
        }
        if (!GlobPattern.IsPattern(input))
            throw new InputException($"There is no file or folder '{input}'.");
        return Match(input, path);
    }

    private IEnumerable<FoundFile> Match(string input, string path)
    {
        var pattern = new GlobPattern(path);
        if (!Directory.Exists(pattern.Folder))
            throw new InputException($"There is no folder '{pattern.Folder}', which the pattern '{input}' begins with.");
        var files = Inputs([.. List(pattern.Folder, pattern.IsDeep).Where(pattern.Matches)], pattern.Folder);
        return files.Count > 0
            ? files.Select(file => new FoundFile(file, NameWithin(pattern.Folder, file)))
            : throw new InputException($"No image or video matches the pattern '{input}'.");
    }

    private IReadOnlyList<string> Inputs(IReadOnlyList<string> files, string folder) =>
        results.Without([.. files.Where(FileKind.HasKnownExtension)], folder);

    private string[] List(string folder, bool deep)
    {
        try
        {
            return [.. FilesOf(folder, deep, visited: []).Order(StringComparer.Ordinal)];
        }
        catch (UnauthorizedAccessException error)
        {
            throw new InputException($"Cannot read the folder '{folder}': {error.Message}", error);
        }
    }

    /// <summary>Links to folders are followed, but a folder is visited once: one that leads back up would never end.</summary>
    private IEnumerable<string> FilesOf(string folder, bool deep, HashSet<string> visited)
    {
        if (!visited.Add(paths.OfFolder(folder)))
            yield break;
        foreach (var file in Directory.EnumerateFiles(folder, "*", AllButSystem))
            yield return file;
        if (!deep)
            yield break;
        foreach (var file in Directory.EnumerateDirectories(folder, "*", AllButSystem).Order(StringComparer.Ordinal)
            .SelectMany(below => FilesOf(below, deep, visited)))
            yield return file;
    }

    /// <summary>Files below a list's folder keep their own folders in their names, as those of a folder do.</summary>
    private static string NameIn(string? folder, string path)
    {
        var name = folder is null ? null : NameWithin(folder, path);
        var isBelow = name is not null && !name.StartsWith("../", StringComparison.Ordinal) && !Path.IsPathRooted(name);
        return isBelow ? name! : Path.GetFileNameWithoutExtension(path);
    }

    private static string NameWithin(string folder, string file) =>
        Path.ChangeExtension(Path.GetRelativePath(folder, file), null).Replace(Path.DirectorySeparatorChar, '/');
}

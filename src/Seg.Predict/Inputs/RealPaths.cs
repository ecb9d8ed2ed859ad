namespace Seg.Predict.Inputs;

/// <summary>Where files and folders lie, whatever symbolic links lead there. Each folder is looked up once.</summary>
internal sealed class RealPaths
{
    private const int MostLinks = 40;                           // on one way, as Linux has it

    private readonly Dictionary<string, string> known = [];

    /// <summary>A file's path in its real folder; a link to a file is a file of its own.</summary>
    public string OfFile(string path)
    {
        var full = Path.GetFullPath(path);
        return Path.GetDirectoryName(full) is { } folder ? Path.Combine(Resolve(folder, MostLinks), Path.GetFileName(full)) : full;
    }

    /// <summary>A folder's real path, without a separator at its end. It need not be there yet.</summary>
    public string OfFolder(string path) => Resolve(Path.GetFullPath(path), MostLinks);

    private string Resolve(string path, int links)
    {
        path = Path.TrimEndingDirectorySeparator(path);
        if (known.TryGetValue(path, out var real))
            return real;
        if (Path.GetDirectoryName(path) is not { } parent)
            return path;
        real = Path.Combine(Resolve(parent, links), Path.GetFileName(path));
        if (links > 0 && Target(real) is { } target)
            real = Resolve(target, links - 1);
        return known[path] = real;
    }

    /// <returns>null of what is no link, or is not there.</returns>
    private static string? Target(string path)
    {
        try
        {
            return Directory.ResolveLinkTarget(path, returnFinalTarget: false)?.FullName;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

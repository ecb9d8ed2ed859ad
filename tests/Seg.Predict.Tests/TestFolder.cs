namespace Seg.Predict.Tests;

/// <summary>A folder of its own for a test, gone when the test is over.</summary>
internal sealed class TestFolder : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("seg-test-").FullName;

    /// <summary>The path of a file in the folder, whose own folder is made.</summary>
    public string this[string relative]
    {
        get
        {
            var path = Path.Combine(root, relative);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return path;
        }
    }

    public string Root => root;

    /// <summary>All files, relative to the folder, sorted.</summary>
    public IReadOnlyList<string> Files(string below = "")
    {
        var top = Path.Combine(root, below);
        return [.. Directory.EnumerateFiles(top, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(top, file)).Order(StringComparer.Ordinal)];
    }

    public void Dispose() => Directory.Delete(root, recursive: true);
}

namespace Seg.Cli.Tests;

/// <summary>The repository that the tests were built from, and the folder "shared" beside it, which not every machine has.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string At(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <returns>null where the folder is not there.</returns>
    public static string? Shared(string relativePath)
    {
        var path = Path.Combine(Root, "..", "shared", relativePath);
        return Path.Exists(path) ? path : null;
    }

    private static string FindRoot([System.Runtime.CompilerServices.CallerFilePath] string here = "")
    {
        var folder = Path.GetDirectoryName(here);
        while (folder is not null && !File.Exists(Path.Combine(folder, "Segmentation.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException($"No Segmentation.sln around {here}.");
    }
}

namespace Seg.Models.Tests;

/// <summary>The folder "shared" beside the repository, which not every machine has.</summary>
internal static class SharedFiles
{
    public static string RepositoryRoot { get; } = FindRoot();

    public static string Reference(params string[] parts) => Path.Combine([RepositoryRoot, "..", "shared", "reference", .. parts]);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Segmentation.sln")))
                return folder.FullName;
        }
        // Built into a folder elsewhere: the compiler knows where this file stood.
        return Path.GetFullPath(Path.Combine(SourceFolder(), "..", ".."));
    }

    private static string SourceFolder([System.Runtime.CompilerServices.CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}

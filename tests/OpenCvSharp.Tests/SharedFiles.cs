namespace OpenCvSharp.Tests;

/// <summary>Files in the folder "shared" beside the repository, which not every machine has.</summary>
internal static class SharedFiles
{
    /// <returns>null where the file is not there.</returns>
    public static string? Find(string relativePath)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "Segmentation.sln")))
                continue;
            var path = Path.Combine(folder.FullName, "..", "shared", relativePath);
            return File.Exists(path) ? path : null;
        }
        return null;
    }
}

namespace Seg.Train.Tests.Datasets;

/// <summary>The folder "shared" beside the repository, which not every machine has.</summary>
internal static class SharedFiles
{
    private static string Root { get; } = Path.GetFullPath(Path.Combine(SourceFolder(), "..", "..", "..", "..", "shared"));

    public static string At(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string SourceFolder([System.Runtime.CompilerServices.CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}

namespace Seg.Models.Configuration;

/// <summary>Where configurations are looked for that are named without a path.</summary>
public static class ConfigFolders
{
    /// <summary>
    /// The folders around the program, from the nearest on; the program's own last, as the copies there may be older than the files of the
    /// repository that the program was built in.
    /// </summary>
    public static IEnumerable<string> OfProgram => UpwardsFrom(AppContext.BaseDirectory).Skip(1).Append(AppContext.BaseDirectory);

    /// <summary>A folder and those that hold it, from it on to the root.</summary>
    public static IEnumerable<string> UpwardsFrom(string folder)
    {
        for (var parent = new DirectoryInfo(Path.GetFullPath(folder)); parent is not null; parent = parent.Parent)
            yield return parent.FullName;
    }

    /// <summary>
    /// All folders of a name (<c>configs/keypoints</c>) in the order in which they are searched: around the file that names a
    /// configuration, around the current folder, around the program.
    /// </summary>
    /// <param name="from">The folder of the file that names a configuration; null where a user does.</param>
    internal static IEnumerable<string> Named(string name, string? from)
    {
        IEnumerable<string> here = [from ?? ".", "."];
        return here.Distinct().SelectMany(UpwardsFrom).Concat(OfProgram)
            .Select(folder => Path.Combine(folder, name)).Distinct().Where(Directory.Exists);
    }
}

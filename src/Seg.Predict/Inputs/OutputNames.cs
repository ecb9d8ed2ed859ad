namespace Seg.Predict.Inputs;

/// <summary>Gives every input a name of its own, so that no result overwrites another's.</summary>
internal static class OutputNames
{
    /// <summary>
    /// Keeps the names that are unique. Equal ones get what tells their files apart: the extension (x_png, x_jpg), else the folder (a_x, b_x), else
    /// both, else a number. The result depends on the inputs and their order alone.
    /// </summary>
    public static string[] MakeUnique(IReadOnlyList<(string Path, string Name)> inputs)
    {
        var names = new string?[inputs.Count];
        HashSet<string> taken = new(StringComparer.OrdinalIgnoreCase);   // results may be copied to a file system that ignores case
        var groups = Enumerable.Range(0, inputs.Count).GroupBy(index => inputs[index].Name, StringComparer.OrdinalIgnoreCase).ToList();
        foreach (var group in groups.Where(group => group.Count() == 1))
            taken.Add(names[group.First()] = inputs[group.First()].Name);

        foreach (var group in groups.Where(group => group.Count() > 1))
        {
            Func<int, string>[] ways =
            [
                index => $"{inputs[index].Name}_{Extension(inputs[index].Path)}",
                index => $"{Folder(inputs[index].Path)}_{inputs[index].Name}",
                index => $"{Folder(inputs[index].Path)}_{inputs[index].Name}_{Extension(inputs[index].Path)}",
            ];
            var way = ways.FirstOrDefault(way => TellsApart(group.Select(way).ToList(), taken));
            foreach (var index in group)
                taken.Add(names[index] = way is null ? Numbered(inputs[index].Name, taken) : way(index));
        }
        return names!;
    }

    private static bool TellsApart(List<string> names, HashSet<string> taken) =>
        !names.Any(taken.Contains) && names.Distinct(StringComparer.OrdinalIgnoreCase).Count() == names.Count;

    /// <summary>A file's extension as it stands in names.</summary>
    public static string Extension(string path) => Path.GetExtension(path).TrimStart('.').ToLowerInvariant();

    private static string Folder(string path) => Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(path))) ?? "";

    private static string Numbered(string name, HashSet<string> taken)
    {
        var number = 1;
        while (taken.Contains($"{name}_{number}"))
            number++;
        return $"{name}_{number}";
    }
}

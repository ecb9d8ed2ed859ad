namespace Seg.Predict.Inputs;

/// <summary>
/// Tells inputs from what an earlier run has left, so that a second one does not predict the overlays of the first. Where the output folder
/// lies in that of the inputs, it holds none. Where the inputs lie in the output folder, a result is known by its name: the one of an input
/// beside it, perhaps with its extension (<see cref="OutputNames"/>), and an ending that results and their folders have. Where a folder lies is told by its
/// real path.
/// </summary>
/// <param name="outputFolder">null: there are no results.</param>
/// <param name="endings">What results' names have after the input's: "_overlay".</param>
internal sealed class EarlierResults(string? outputFolder, IReadOnlyCollection<string> endings, RealPaths paths)
{
    private const string ReviewFolder = "review";

    private readonly string? output = outputFolder is null ? null : WithSeparator(paths.OfFolder(outputFolder));

    /// <summary>The files that are no results.</summary>
    /// <param name="files">All that a folder or pattern has.</param>
    /// <param name="folder">The one in which they were looked for.</param>
    public IReadOnlyList<string> Without(IReadOnlyList<string> files, string folder)
    {
        if (output is null)
            return files;
        if (!WithSeparator(paths.OfFolder(folder)).StartsWith(output, StringComparison.Ordinal))
            return [.. files.Where(file => !paths.OfFile(file).StartsWith(output, StringComparison.Ordinal))];
        var review = WithSeparator(paths.OfFolder(Path.Combine(output, ReviewFolder)));
        var names = files.SelectMany(file => (string[])[Stem(file), $"{Stem(file)}_{OutputNames.Extension(file)}"]).ToHashSet();
        return [.. files.Where(file => !IsResult(Stem(file), names) && !IsResult(Path.GetDirectoryName(file)!, names)
            && !paths.OfFile(file).StartsWith(review, StringComparison.Ordinal))];
    }

    private bool IsResult(string stem, HashSet<string> names) =>
        endings.Any(ending => stem.EndsWith(ending, StringComparison.Ordinal) && names.Contains(stem[..^ending.Length]));

    private static string Stem(string file) => Path.ChangeExtension(file, null);

    private static string WithSeparator(string folder) => Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar;
}

using Seg.Train.Checks;

namespace Seg.Train.Datasets;

/// <summary>A text file of image paths, one a line, by which a split is narrowed down; <c>seg data select</c> writes such lists.</summary>
internal static class ImageList
{
    /// <summary>Leaves out what the config's list for a split does not name; everything stays where it names no list.</summary>
    /// <remarks>What is wrong about images that are left out does not matter: they need no mask, say.</remarks>
    public static SplitListing Narrow(SplitListing listing, SegmentationDataConfig config, string split)
    {
        if (!config.Lists.TryGetValue(split, out var list))
            return listing;
        if (!File.Exists(list))
        {
            DataFault missing = new(
                FaultKinds.MissingFolder, $"There is no list '{list}', which data.lists names for '{split}'.")
            { File = list };
            return new SplitListing([], [missing]);
        }
        var named = Read(list).ToHashSet(StringComparer.Ordinal);
        var samples = listing.Samples.Where(sample => named.Contains(Path.GetFullPath(sample.Image))).ToArray();
        var faults = listing.Faults.Where(fault => !IsOfImageBeside(fault, named)).ToList();
        faults.AddRange(named.Where(image => !File.Exists(image)).Select(image =>
            new DataFault(FaultKinds.ListedFileMissing, $"'{list}' lists '{image}', which is not there.") { File = list }));
        if (samples.Length == 0 && faults.All(fault => fault.Kind.Severity != FaultSeverity.Error))
        {
            faults.Add(new DataFault(FaultKinds.EmptySplit,
                $"None of the {named.Count} images that '{list}' lists is in '{split}'; give a list of that split's images, or leave data.lists out.")
            { File = list });
        }
        return new SplitListing(samples, faults);
    }

    /// <summary>Full paths; relative ones start at the list's folder.</summary>
    private static IEnumerable<string> Read(string list)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(list))!;
        return File.ReadLines(list).Where(line => line.Length > 0).Select(line => Path.GetFullPath(line, folder));
    }

    private static bool IsOfImageBeside(DataFault fault, HashSet<string> named) =>
        fault.Kind == FaultKinds.MissingMask && fault.File is { } file && !named.Contains(Path.GetFullPath(file));
}

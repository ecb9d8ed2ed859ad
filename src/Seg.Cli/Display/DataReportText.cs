using System.Globalization;
using Seg.Train.Checks;

namespace Seg.Cli.Display;

/// <summary>What a data set holds and what is wrong with it, for people.</summary>
internal static class DataReportText
{
    /// <summary>Faults of one kind that are told one by one; the rest is counted.</summary>
    private const int FaultsOfAKind = 5;

    public static void Write(TextWriter output, DataReport report)
    {
        switch (report)
        {
            case SegmentationReport masks:
                WriteSplits(output, masks);
                WriteClasses(output, masks);
                break;
            case PoseReport people:
                PoseReportText.Write(output, people);
                break;
        }
        WriteFaults(output, report);
    }

    /// <summary>The three most frequent sizes, and how many more there are.</summary>
    public static string Sizes(IReadOnlyList<(int Width, int Height, int Images)> all)
    {
        var sizes = string.Join(", ", all.Take(3).Select(size => $"{size.Width}x{size.Height} ({size.Images})"));
        return all.Count > 3 ? $"{sizes}, {all.Count - 3} more" : sizes;
    }

    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.00} %");

    private static void WriteSplits(TextWriter output, SegmentationReport report)
    {
        var table = new TextTable("split", "images", "looked at", "sizes", "ignored pixels");
        foreach (var split in report.Splits)
        {
            var all = split.Pixels.Sum() + split.IgnoredPixels;
            table.Add(split.Name, $"{split.Images}", $"{split.Checked}", Sizes(split.Sizes), all > 0 ? Percent((double)split.IgnoredPixels / all) : "-");
        }
        table.Write(output);
        output.WriteLine();
    }

    private static void WriteClasses(TextWriter output, SegmentationReport report)
    {
        var table = new TextTable(["class", .. report.Splits.SelectMany(split => new[] { $"{split.Name} pixels", $"{split.Name} images" })]);
        for (var id = 0; id < report.Labels.Count; id++)
        {
            table.Add([report.Labels.Names[id], .. report.Splits.SelectMany(split => new[]
            {
                split.Pixels[id] > 0 ? Percent((double)split.Pixels[id] / split.Pixels.Sum()) : "-",
                $"{split.ImagesWith[id]}",
            })]);
        }
        table.Write(output);
        output.WriteLine();
    }

    private static void WriteFaults(TextWriter output, DataReport report)
    {
        foreach (var kind in report.Faults.GroupBy(fault => fault.Kind))
        {
            var severity = kind.Key.Severity == FaultSeverity.Error ? "error" : "warning";
            output.WriteLine($"{severity} {kind.Key.Id}: {kind.Key.Meaning}");
            foreach (var fault in kind.Take(FaultsOfAKind))
            {
                var split = fault.Split is { } name ? $"{name}: " : "";
                var files = fault.Files > 1 ? $" ({fault.Files} {(fault.Annotation is null ? "files" : "annotations")})" : "";
                output.WriteLine($"  {split}{fault.Detail}{files}");
            }
            if (kind.Count() > FaultsOfAKind)
                output.WriteLine($"  and {kind.Count() - FaultsOfAKind} more");
            output.WriteLine($"  What to do: {kind.Key.Remedy}");
        }
        output.WriteLine($"{report.Errors} errors, {report.Warnings} warnings");
    }
}

using System.Globalization;
using Seg.Train.Checks;

namespace Seg.Cli.Display;

/// <summary>What a data set with keypoints holds, for people.</summary>
internal static class PoseReportText
{
    public static void Write(TextWriter output, PoseReport report)
    {
        WriteSplits(output, report);
        WriteKeypoints(output, report);
        foreach (var split in report.Splits.Where(split => split.People > 0))
            WriteSizes(output, split);
        output.WriteLine();
    }

    private static void WriteSplits(TextWriter output, PoseReport report)
    {
        var table = new TextTable("split", "images", "people", "crowds", "unlabelled", "detections", "looked at", "sizes");
        foreach (var split in report.Splits)
        {
            table.Add(split.Name, $"{split.Images}", $"{split.People}", $"{split.Crowds}", $"{split.Unlabelled}",
                split.Detections is { } detections ? $"{detections}" : "-", $"{split.Checked}", DataReportText.Sizes(split.Sizes));
        }
        table.Write(output);
        output.WriteLine();
    }

    private static void WriteKeypoints(TextWriter output, PoseReport report)
    {
        var table = new TextTable(["keypoint", "sigma", .. report.Splits.SelectMany(split => new[] { $"{split.Name} labelled", $"{split.Name} hidden" })]);
        for (var index = 0; index < report.Keypoints.Count; index++)
        {
            table.Add([report.Keypoints.Names[index], Number(report.Keypoints.Sigmas[index], "0.0##"), .. report.Splits.SelectMany(split => new[]
            {
                split.People > 0 ? DataReportText.Percent((double)split.Labelled[index] / split.People) : "-",
                split.People > 0 ? DataReportText.Percent((double)split.Hidden[index] / split.People) : "-",
            })]);
        }
        table.Write(output);
        output.WriteLine();
    }

    private static void WriteSizes(TextWriter output, PoseSplitReport split)
    {
        var counts = split.PeoplePerImage.Take(4).Select(count => $"{count.People} in {count.Images}");
        var more = split.PeoplePerImage.Skip(4).Sum(count => count.Images);
        output.WriteLine($"{split.Name}: people in images: {string.Join(", ", counts)}{(more > 0 ? $", more in {more}" : "")}; " +
            $"box sizes (root of the area, pixels): {string.Join(" / ", split.BoxSizes.Select(size => Number(size, "0")))} (least, 10 %, median, 90 %, greatest)");
    }

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}

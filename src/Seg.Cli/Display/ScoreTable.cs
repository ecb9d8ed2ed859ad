using System.Globalization;
using Seg.Train.Metrics;

namespace Seg.Cli.Display;

/// <summary>The scores of an evaluation, class by class or keypoint by keypoint.</summary>
internal static class ScoreTable
{
    public static void Write(TextWriter output, IScores scores)
    {
        if (scores is SegmentationScores masks)
            Write(output, masks);
    }

    private static void Write(TextWriter output, SegmentationScores result)
    {
        var table = new TextTable("class", "IoU", "accuracy");
        for (var id = 0; id < result.Labels.Count; id++)
            table.Add(result.Labels.Names[id], Text(result.IoU[id]), Text(result.Accuracy[id]));
        table.Write(output);
        output.WriteLine($"mean IoU {Text(result.MeanIoU)}, pixel accuracy {Text(result.PixelAccuracy)}, mean accuracy {Text(result.MeanAccuracy)}, {result.Images} images");
    }

    private static string Text(double score) => double.IsFinite(score) ? score.ToString("F4", CultureInfo.InvariantCulture) : "-";
}

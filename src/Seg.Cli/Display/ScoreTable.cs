using System.Globalization;
using Seg.Train.Metrics;
using Seg.Train.Metrics.Keypoints;

namespace Seg.Cli.Display;

/// <summary>The scores of an evaluation, class by class or keypoint by keypoint.</summary>
internal static class ScoreTable
{
    public static void Write(TextWriter output, IScores scores)
    {
        if (scores is SegmentationScores masks)
            Write(output, masks);
        else if (scores is PoseScores poses)
            Write(output, poses);
    }

    private static void Write(TextWriter output, SegmentationScores result)
    {
        var table = new TextTable("class", "IoU", "accuracy");
        for (var id = 0; id < result.Labels.Count; id++)
            table.Add(result.Labels.Names[id], Text(result.IoU[id]), Text(result.Accuracy[id]));
        table.Write(output);
        output.WriteLine($"mean IoU {Text(result.MeanIoU)}, pixel accuracy {Text(result.PixelAccuracy)}, mean accuracy {Text(result.MeanAccuracy)}, {result.Images} images");
    }

    private static void Write(TextWriter output, PoseScores result)
    {
        KeypointScoreTable.Write(output, result.Oks, result.Keypoints.Names);
        if (result.Distances is not { } distances)
            return;
        output.WriteLine();
        var table = new TextTable("keypoint", "PCK@0.2", "labelled");
        for (var index = 0; index < result.Keypoints.Count; index++)
            table.Add(result.Keypoints.Names[index], Text(distances.Pck.PerKeypoint[index]), $"{distances.Pck.Labelled[index]}");
        table.Write(output);
        var heads = distances.Pckh is { } pckh ? $", PCKh@0.5 {Text(pckh.Mean)}" : "";
        output.WriteLine($"PCK@0.2 ({distances.Size}) {Text(distances.Pck.Mean)}{heads}, AUC {Text(distances.Auc)}, EPE {Text(distances.Epe)} pixels, {result.Images} images");
    }

    private static string Text(double score) => double.IsFinite(score) ? score.ToString("F4", CultureInfo.InvariantCulture) : "-";
}

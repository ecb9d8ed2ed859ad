using System.Globalization;
using Seg.Train.Metrics.Keypoints;

namespace Seg.Cli.Display;

/// <summary>COCO's ten numbers, and how near each keypoint comes.</summary>
internal static class KeypointScoreTable
{
    private static readonly (string Kind, string Persons)[] Rows =
    [
        ("OKS 0.50:0.95", "all"), ("OKS 0.50", "all"), ("OKS 0.75", "all"), ("OKS 0.50:0.95", "medium"), ("OKS 0.50:0.95", "large"),
    ];

    public static void Write(TextWriter output, KeypointScores scores, IReadOnlyList<string> keypointNames)
    {
        var table = new TextTable("at", "persons", "AP", "AR") { LeftColumns = 2 };
        for (var row = 0; row < Rows.Length; row++)
            table.Add(Rows[row].Kind, Rows[row].Persons, Text(scores.Stats[row].Value), Text(scores.Stats[Rows.Length + row].Value));
        table.Write(output);
        output.WriteLine();
        var joints = new TextTable("keypoint", "similarity");
        for (var joint = 0; joint < keypointNames.Count; joint++)
            joints.Add(keypointNames[joint], Text(scores.KeypointSimilarity[joint]));
        joints.Write(output);
        output.WriteLine($"AP {Text(scores.Ap)}, AR {Text(scores.Ar)}, {scores.Persons} persons, {scores.Detections} detections");
    }

    private static string Text(double score) => score >= 0 ? score.ToString("F4", CultureInfo.InvariantCulture) : "-";
}

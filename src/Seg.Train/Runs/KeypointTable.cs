using System.Globalization;
using System.Text;
using Seg.Models;
using Seg.Train.Metrics.Keypoints;

namespace Seg.Train.Runs;

/// <summary>What the last validation says of each keypoint: <c>keypoints.csv</c>.</summary>
internal static class KeypointTable
{
    /// <summary>
    /// Columns: keypoint, pck, similarity (the keypoint's term of OKS), labelled (how often). Empty where there is nothing to score.
    /// </summary>
    /// <exception cref="IOException">The file cannot be written; an older one is as it was.</exception>
    public static void Write(string path, PoseScores scores)
    {
        var table = new StringBuilder("keypoint,pck,similarity,labelled\n");
        for (var index = 0; index < scores.Keypoints.Count; index++)
        {
            var pck = scores.Distances?.Pck;
            table.Append(CultureInfo.InvariantCulture,
                $"{ClassTables.Quoted(scores.Keypoints.Names[index])},{ClassTables.Score(pck?.PerKeypoint[index] ?? double.NaN)}," +
                $"{ClassTables.Score(scores.Oks.KeypointSimilarity[index])},{pck?.Labelled[index]}\n");
        }
        AtomicFile.WriteText(path, table.ToString());
    }
}

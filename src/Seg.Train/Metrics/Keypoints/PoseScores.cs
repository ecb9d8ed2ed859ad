using System.Text.Json;
using System.Text.Json.Nodes;
using Seg.Models;
using Seg.Train.Runs;

namespace Seg.Train.Metrics.Keypoints;

/// <summary>How well a pose network finds the keypoints of people in images.</summary>
public sealed record PoseScores : IScores
{
    /// <summary>Average precision over OKS 0.5 to 0.95, COCO's main number; 0–1.</summary>
    public static ScoreKind Ap { get; } = new("ap", "AP");

    public required KeypointSet Keypoints { get; init; }

    /// <summary>Images that were predicted.</summary>
    public required int Images { get; init; }

    /// <summary>People that were predicted, before doubles were dropped.</summary>
    public required int People { get; init; }

    /// <summary>COCO's ten numbers, after OKS-NMS with rescoring.</summary>
    public required KeypointScores Oks { get; init; }

    /// <summary>
    /// Distances of people whose boxes are those of the annotations; null where boxes are a detector's, of which nobody knows whose they are.
    /// </summary>
    public DistanceScores? Distances { get; init; }

    /// <summary>Whether PCKh decides which epoch is the best, as for MPII, instead of AP.</summary>
    public bool DecidesByHeads { get; init; }

    /// <summary>
    /// COCO's ten by their names in its order; then <c>pck</c>, <c>pckh</c>, <c>auc</c> and <c>epe</c>. The one that decides comes first.
    /// </summary>
    public IReadOnlyList<Score> All
    {
        get
        {
            var similarity = Oks.Stats.Select(stat => new Score(KindOf(stat.Name), Known(stat.Value), IsHeadline: stat.Name == Ap.Key));
            var distances = Distances?.All ?? [];
            return DecidesByHeads
                ? [.. distances.OrderByDescending(score => score.Kind == DistanceScores.PckhKind), .. similarity]
                : [.. similarity, .. distances];

            // COCO's code says -1 where no person counts.
            static double Known(double value) => value < 0 ? double.NaN : value;
        }
    }

    /// <summary><c>joint_pck</c> by the keypoints' names; <c>joint_oks</c> where there is no PCK.</summary>
    public PartScores Parts => Distances is { } distances
        ? new("joint_pck", [.. Keypoints.Names.Zip(distances.Pck.PerKeypoint, KeyValuePair.Create)])
        : new("joint_oks", [.. Keypoints.Names.Zip(Oks.KeypointSimilarity, KeyValuePair.Create)]);

    /// <summary>
    /// The keys of <see cref="KeypointScores.ToJsonObject"/>; images, people, keypoints (the names in order), keypoint_similarity (by name); with
    /// boxes of the annotations also those of <see cref="DistanceScores.ToJsonObject"/>.
    /// </summary>
    public string ToJson()
    {
        var json = Oks.ToJsonObject();
        json["images"] = Images;
        json["people"] = People;
        json["keypoints"] = new JsonArray([.. Keypoints.Names.Select(name => (JsonNode)name)]);
        json["keypoint_similarity"] = ByName(Keypoints, Oks.KeypointSimilarity);
        foreach (var (key, value) in Distances?.ToJsonObject(Keypoints) ?? [])
            json[key] = value?.DeepClone();
        return json.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
    }

    public void WriteTables(RunDirectory run, int epoch) => KeypointTable.Write(run.Keypoints, this);

    internal static JsonObject ByName(KeypointSet keypoints, double[] scores) =>
        new(keypoints.Names.Zip(scores, (name, score) => KeyValuePair.Create(name, SegmentationScores.Number(score))));

    private static ScoreKind KindOf(string name) => name == Ap.Key ? Ap : new(name, name.ToUpperInvariant().Replace('_', ' '));
}

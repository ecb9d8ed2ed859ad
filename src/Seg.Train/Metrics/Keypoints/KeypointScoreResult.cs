using System.Text.Json;
using System.Text.Json.Nodes;

namespace Seg.Train.Metrics.Keypoints;

/// <summary>The scores of a tool's detected persons.</summary>
/// <param name="Scores">COCO's ten numbers and more.</param>
/// <param name="KeypointNames">One a keypoint.</param>
/// <param name="Images">Images of the truth.</param>
/// <param name="Warnings">What is odd about the files.</param>
public sealed record KeypointScoreResult(KeypointScores Scores, IReadOnlyList<string> KeypointNames, int Images, IReadOnlyList<string> Warnings)
{
    /// <summary>
    /// The keys of <see cref="KeypointScores.ToJsonObject"/>, and images, keypoint_similarity (by name; null where a keypoint was never found) and
    /// warnings.
    /// </summary>
    public string ToJson()
    {
        var json = Scores.ToJsonObject();
        json["images"] = Images;
        json["keypoint_similarity"] = new JsonObject(KeypointNames.Zip(Scores.KeypointSimilarity)
            .DistinctBy(keypoint => keypoint.First).Select(keypoint => KeyValuePair.Create(keypoint.First, SegmentationScores.Number(keypoint.Second))));
        json["warnings"] = new JsonArray([.. Warnings.Select(warning => (JsonNode)warning)]);
        return json.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
    }
}

using System.Text.Json.Nodes;
using Seg.Models;

namespace Seg.Train.Checks;

/// <summary>What a data set with keypoints holds, and what is wrong with it.</summary>
public sealed record PoseReport : DataReport
{
    public required KeypointSet Keypoints { get; init; }

    public required IReadOnlyList<PoseSplitReport> Splits { get; init; }

    /// <summary>
    /// keypoints (names), splits [{ name, images, checked, sizes: [{ width, height, images }], people, crowds, unlabelled, detections, box_sizes (root
    /// of the area at the 0th, 10th, 50th, 90th and 100th percentile), people_per_image: [{ people, images }], keypoints: [{ name, labelled, share,
    /// hidden }] }].
    /// </summary>
    private protected override void AddTo(JsonObject json)
    {
        json["keypoints"] = new JsonArray([.. Keypoints.Names.Select(name => (JsonNode)name)]);
        json["splits"] = new JsonArray([.. Splits.Select(split => (JsonNode)new JsonObject
        {
            ["name"] = split.Name,
            ["images"] = split.Images,
            ["checked"] = split.Checked,
            ["sizes"] = SizesToJson(split.Sizes),
            ["people"] = split.People,
            ["crowds"] = split.Crowds,
            ["unlabelled"] = split.Unlabelled,
            ["detections"] = split.Detections,
            ["box_sizes"] = new JsonArray([.. split.BoxSizes.Select(size => (JsonNode)Math.Round(size, 2))]),
            ["people_per_image"] = new JsonArray([.. split.PeoplePerImage.Select(count =>
                (JsonNode)new JsonObject { ["people"] = count.People, ["images"] = count.Images })]),
            ["keypoints"] = new JsonArray([.. Keypoints.Names.Select((name, index) => (JsonNode)new JsonObject
            {
                ["name"] = name,
                ["labelled"] = split.Labelled[index],
                ["share"] = split.People > 0 ? (double)split.Labelled[index] / split.People : 0,
                ["hidden"] = split.Hidden[index],
            })]),
        })]);
    }
}

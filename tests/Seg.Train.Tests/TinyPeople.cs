using System.Text.Json.Nodes;
using Seg.Models;
using Seg.Train.Datasets.Keypoints;
using Seg.Train.Tests.Datasets;

namespace Seg.Train.Tests;

/// <summary>A few small images with a person each, in the layout that a config for pose asks for: four to train on and two to validate on.</summary>
internal static class TinyPeople
{
    public const int Width = 96, Height = 80;

    /// <param name="config">Format, keypoints, names of splits and folders.</param>
    public static void Write(PoseDataConfig config)
    {
        var keypoints = config.ReadKeypoints();
        foreach (var (split, first, count) in new[] { ("train", 1, 4), ("val", 5, 2) })
        {
            var annotations = KeypointDatasetFactory.AnnotationPath(config, split);
            Directory.CreateDirectory(Path.GetDirectoryName(annotations)!);
            var isMpii = config.Format == PoseDataFormat.Mpii;
            var folder = Path.Combine(config.Root, (config.ImageFolder ?? (isMpii ? "images" : "{split}")).Replace("{split}", NameOf(config, split)));
            Directory.CreateDirectory(folder);
            var ids = Enumerable.Range(first, count).ToArray();
            foreach (var id in ids)
                Pictures.WriteNoise(Path.Combine(folder, $"{id:d3}.png"), Width, Height, seed: id);
            JsonNode json = isMpii ? new JsonArray([.. ids.Select(id => Mpii(id, keypoints.Count))]) : Coco(ids, keypoints);
            File.WriteAllText(annotations, json.ToJsonString());
        }
    }

    /// <summary>Joints on a spiral in the person's box, the same for the same image.</summary>
    public static IEnumerable<(double X, double Y)> Joints(int id, int count) => Enumerable.Range(0, count)
        .Select(joint => (40 + id + (10 + joint) * Math.Cos(0.7 * joint + id), 40 + (12 + joint) * Math.Sin(0.7 * joint + id)));

    private static string NameOf(PoseDataConfig config, string split) =>
        config.Splits.GetValueOrDefault(split) ?? (config.Format == PoseDataFormat.Mpii ? split : $"{split}2017");

    private static JsonObject Coco(int[] ids, KeypointSet keypoints) => new()
    {
        ["images"] = new JsonArray([.. ids.Select(id => new JsonObject
        {
            ["id"] = id,
            ["file_name"] = $"{id:d3}.png",
            ["width"] = Width,
            ["height"] = Height,
        })]),
        ["annotations"] = new JsonArray([.. ids.Select(id => new JsonObject
        {
            ["id"] = id,
            ["image_id"] = id,
            ["category_id"] = 1,
            ["iscrowd"] = 0,
            ["bbox"] = new JsonArray(10, 10, 70, 60),
            ["area"] = 3000,
            ["num_keypoints"] = keypoints.Count,
            ["keypoints"] = new JsonArray([.. Joints(id, keypoints.Count).SelectMany(joint => new JsonNode[] { joint.X, joint.Y, 2 })]),
        })]),
        ["categories"] = new JsonArray(new JsonObject
        {
            ["id"] = 1,
            ["name"] = "person",
            ["keypoints"] = new JsonArray([.. keypoints.Names.Select(name => (JsonNode)name)]),
        }),
    };

    private static JsonObject Mpii(int id, int keypoints) => new()
    {
        ["image"] = $"{id:d3}.png",
        ["center"] = new JsonArray(41 + id, 40),
        ["scale"] = 0.35,
        ["joints"] = new JsonArray([.. Joints(id, keypoints).Select(joint => new JsonArray(joint.X + 1, joint.Y + 1))]),
        ["joints_vis"] = new JsonArray([.. Enumerable.Range(0, keypoints).Select(_ => (JsonNode)1)]),
    };
}

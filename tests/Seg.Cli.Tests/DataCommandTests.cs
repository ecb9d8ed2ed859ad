using System.Text.Json;
using OpenCvSharp;

namespace Seg.Cli.Tests;

public sealed class DataCommandTests(TrainedModel model) : IClassFixture<TrainedModel>
{
    private string Config => Repository.At("configs", "demo", "street_scenes.yaml");

    [Fact]
    public void Check_prints_splits_classes_and_faults()
    {
        var run = CommandRun.Of("data", "check", Config, "--data", model.Scenes).Succeeded();
        Assert.Matches(@"train\s+4\s+4\s+128x64 \(4\)", run.Output);
        Assert.Matches(@"\nroad\s+\d+\.\d\d %\s+4\s+\d+\.\d\d %\s+2", run.Output);
        Assert.Matches(@"\n0 errors, \d+ warnings", run.Output);
    }

    [Fact]
    public void Check_ends_with_2_where_something_is_wrong_and_says_what_to_do()
    {
        var scenes = Copy(model.Scenes, model.At("spoilt"));
        var mask = Directory.GetFiles(scenes, "*_labelIds.png", SearchOption.AllDirectories).First(path => path.Contains("/train/", StringComparison.Ordinal));
        File.Delete(mask);
        var run = CommandRun.Of("data", "check", Config, "--data", scenes);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("error missing_mask: An image has no mask.", run.Output, StringComparison.Ordinal);
        Assert.Contains("What to do: Add the mask or remove the image.", run.Output, StringComparison.Ordinal);
        Assert.Contains("1 errors", run.Output, StringComparison.Ordinal);

        CommandRun.Of("train", Config, "--data", scenes, "--run", model.At("never")).Refused(exitCode: 2, "has no mask");
        Assert.False(Directory.Exists(model.At("never")));
    }

    [Fact]
    public void Check_writes_JSON_to_a_file_or_instead_of_the_tables()
    {
        var file = model.At("report.json");
        Assert.Equal("", CommandRun.Of("data", "check", Config, "--data", model.Scenes, "--json", file).Succeeded().Output);
        using var written = JsonDocument.Parse(File.ReadAllText(file));
        Assert.Equal(0, written.RootElement.GetProperty("errors").GetInt32());

        var printed = CommandRun.Of("data", "check", Config, "--data", model.Scenes, "--quick", "--json").Succeeded().Output;
        Assert.Equal(File.ReadAllText(file), printed);
    }

    [Fact]
    public void Preview_draws_batches_with_the_augmentation_of_the_config()
    {
        var output = model.At("preview");
        var run = CommandRun.Of("data", "preview", Config, "--data", model.Scenes, "--out", output, "--count", "2", "--set", "train.batch_size=2",
            "--set", "data.augmentation.crop_size=[64, 128]", "--set", "data.augmentation.mosaic={probability: 1}").Succeeded();
        string[] expected = [Path.Combine(output, "epoch_1_batch_1.png"), Path.Combine(output, "epoch_1_batch_2.png")];
        Assert.Equal(expected, run.Output.TrimEnd('\n').Split('\n'));
        Assert.All(expected, path => Assert.True(new FileInfo(path).Length > 10_000));
    }

    [Fact]
    public void People_are_counted_and_their_crops_drawn_with_skeletons_and_heatmaps()
    {
        var config = WritePeople(model.At("people"));
        var run = CommandRun.Of("data", "check", config).Succeeded();
        Assert.Matches(@"split +images +people +crowds +unlabelled +detections +looked at +sizes\ntrain +1 +1 +0 +1 +- +1 +80x60 \(1\)", run.Output);
        Assert.Matches(@"\nhead +0\.03 +100\.00 % +0\.00 %", run.Output);
        Assert.Contains("train: people in images: 1 in 1; box sizes (root of the area, pixels): 34 / 34 / 34 / 34 / 34", run.Output, StringComparison.Ordinal);
        Assert.Contains("warning shared_split", run.Output, StringComparison.Ordinal);

        var output = model.At("people-preview");
        CommandRun.Of("data", "preview", config, "--out", output, "--count", "1").Succeeded();
        using var picture = Cv2.ImRead(Path.Combine(output, "epoch_1_batch_1.png"));
        Assert.Equal((2 * 48, 64), (picture.Cols, picture.Rows));
        // On the right lies the heatmap of the foot, in its colour alone.
        Assert.Contains(Enumerable.Range(0, 64 * 48), place => picture.At<Vec3b>(place / 48, 48 + place % 48) is { Item0: < 20, Item1: < 20, Item2: > 240 });
    }

    [Fact]
    public void Mosaics_take_the_place_of_the_data_that_they_are_made_of()
    {
        var config = WritePeople(model.At("one-person"));
        var output = model.At("mosaics");
        var run = CommandRun.Of("data", "mosaic", config, "--out", output, "--grid", "2x1", "--size", "160x96", "--copies", "2", "--split", "train").Succeeded();
        Assert.Equal($"train: 2 pictures of 2 people in {output}\n", run.Output);

        var check = CommandRun.Of("data", "check", config, "--data", output).Succeeded();
        Assert.Matches(@"\ntrain +2 +2 +0 +2 +- +2 +160x96 \(2\)", check.Output);

        CommandRun.Of("data", "mosaic", config, "--out", model.At("one-person")).Refused(exitCode: 2, "would be written over");
        CommandRun.Of("data", "mosaic", config, "--out", output).Refused(exitCode: 2, "The splits train and val are the same file");
        CommandRun.Of("data", "mosaic", config, "--out", output, "--grid", "two").Refused(exitCode: 2, "--grid is 'two'");
    }

    [Fact]
    public void A_keypoint_of_no_side_stops_the_check_with_exit_code_2()
    {
        var config = WritePeople(model.At("spoilt-people"), "right_foot");
        CommandRun.Of("data", "check", config).Refused(exitCode: 2, "names 'right_foot', which is no keypoint");
    }

    [Fact]
    public void A_config_without_data_is_refused() =>
        CommandRun.Of("data", "check", Repository.At("configs", "models", "seg_hrnet_w18s.yaml")).Refused(exitCode: 2, "has no 'data:' section");

    /// <summary>One image of two people, one of them without keypoints.</summary>
    /// <returns>A config for them.</returns>
    private static string WritePeople(string folder, string mirror = "~")
    {
        Directory.CreateDirectory(Path.Combine(folder, "train2017"));
        Directory.CreateDirectory(Path.Combine(folder, "annotations"));
        using (var image = new Mat(60, 80, MatType.CV_8UC3, new Scalar(90, 120, 150)))
        {
            using var half = image[new Rect(0, 0, 40, 60)];
            half.SetTo(new Scalar(10, 200, 30));
            Cv2.ImWrite(Path.Combine(folder, "train2017", "a.png"), image);
        }
        File.WriteAllText(Path.Combine(folder, "annotations", "person_keypoints_train2017.json"), """
            { "images": [{ "id": 1, "file_name": "a.png", "width": 80, "height": 60 }], "categories": [{ "id": 1, "name": "person", "keypoints": ["head", "foot"] }],
              "annotations": [
                { "id": 1, "image_id": 1, "category_id": 1, "bbox": [20, 5, 25, 50], "area": 900, "num_keypoints": 2, "keypoints": [30, 10, 2, 35, 50, 2] },
                { "id": 2, "image_id": 1, "category_id": 1, "bbox": [50, 5, 25, 50], "area": 900, "num_keypoints": 0, "keypoints": [0, 0, 0, 0, 0, 0] }] }
            """);
        File.WriteAllText(Path.Combine(folder, "set.yaml"), $$"""
            keypoints: [{ name: head, sigma: 0.03 }, { name: foot, mirror: {{mirror}}, sigma: 0.09, color: [255, 0, 0] }]
            skeleton: [[head, foot]]
            """);
        var config = Path.Combine(folder, "config.yaml");
        File.WriteAllText(config, $$"""
            model: { type: pose, num_classes: 2, backbone: { name: hrnet, width: 4 } }
            data:
              format: coco_keypoints
              root: '{{folder}}'
              keypoints: set.yaml
              splits: { val: train2017 }
              augmentation: { crop_size: [64, 48], half_body: ~ }
            """);
        return config;
    }

    private static string Copy(string source, string target)
    {
        foreach (var file in Directory.GetFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        return target;
    }
}

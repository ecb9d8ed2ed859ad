using OpenCvSharp;
using Seg.Models;
using Seg.Models.Configuration;
using Seg.Models.Networks;
using Seg.Models.Weights;
using Seg.Predict.Imaging;

namespace Seg.Cli.Tests;

public sealed class PosePredictionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Results_of_a_pose_model_are_scored_by_the_numbers_of_the_truth()
    {
        var (model, truth) = (SaveModel(), WriteTruth());
        var run = CommandRun.Of(
            "predict", model, folder.At("images"), "--boxes", truth, "--min-score", "0", "--flip-test", "--save", "overlay,json", "--out", folder.At("out"),
            "--device", "cpu", "--precision", "fp32", "--threads", "1").Succeeded();
        Assert.Contains("2 images", run.Output, StringComparison.Ordinal);
        Assert.Contains($"image ids in keypoints.json: those of '{truth}'", run.Output, StringComparison.Ordinal);
        Assert.Empty(run.Error);
        Assert.True(File.Exists(folder.At("out", "a_overlay.png")));
        CommandRun.Of("score", "keypoints", "--truth", truth, "--detections", folder.At("out", "keypoints.json")).Succeeded();
    }

    [Fact]
    public void Wrong_options_of_pose_are_refused_in_one_line()
    {
        var (model, truth) = (SaveModel(), WriteTruth());
        string[] command = ["predict", model, folder.At("images"), "--out", folder.At("out"), "--device", "cpu"];
        CommandRun.Of([.. command, "--min-score", "high"]).Refused(exitCode: 2, "--min-score is 'high'; it must be a number from 0 to 1.");
        CommandRun.Of([.. command, "--boxes", folder.At("none.json")]).Refused(exitCode: 2, "none.json");
        CommandRun.Of([.. command, "--track"]).Refused(exitCode: 2, "no input is one");
        CommandRun.Of([.. command, "--save", "mask"]).Refused(exitCode: 2, "'mask' cannot be saved of a pose model");
        File.WriteAllText(folder.At("empty.json"), "[]");
        CommandRun.Of([.. command, "--boxes", folder.At("empty.json")]).Refused(exitCode: 2, "holds no boxes");
        File.WriteAllText(truth, File.ReadAllText(truth).Replace("png", "jpg", StringComparison.Ordinal));
        CommandRun.Of([.. command, "--boxes", truth]).Refused(exitCode: 2, "No image has a box in");
    }

    private string SaveModel()
    {
        PoseDescription description = new()
        {
            Model = new PoseConfig
            {
                NumClasses = 17,
                Backbone = new HRNetConfig { Width = 4, BottleneckChannels = 4, BlocksPerStage = [1, 1, 1, 1], ModulesPerStage = [1, 1, 1] },
            },
            Keypoints = KeypointSet.Read(Repository.At("configs", "keypoints", "coco.yaml")),
            InputSize = [64, 48],
        };
        using var network = NetworkFactory.Create(description.Model);
        ModelFile.Save(folder.At("pose.safetensors"), network, description);
        return folder.At("pose.safetensors");
    }

    /// <summary>Two images, and a data set with a person in each.</summary>
    private string WriteTruth()
    {
        Directory.CreateDirectory(folder.At("images"));
        foreach (var name in new[] { "a", "b" })
        {
            using Mat image = new(60, 80, MatType.CV_8UC3, Scalar.All(name[0]));
            ImageFile.Write(folder.At("images", $"{name}.png"), image);
        }
        var keypoints = string.Join(", ", Enumerable.Range(0, 17).Select(index => $"{20 + index}, {10 + 2 * index}, 2"));
        var persons = new[] { 101, 102 }.Select(image =>
            $$"""{"id": {{image}}, "image_id": {{image}}, "category_id": 1, "bbox": [15, 5, 30, 45], "area": 1350, "iscrowd": 0, "num_keypoints": 17, "keypoints": [{{keypoints}}]}""");
        File.WriteAllText(folder.At("truth.json"), $$"""
            {"images": [{"id": 101, "file_name": "a.png", "width": 80, "height": 60}, {"id": 102, "file_name": "b.png", "width": 80, "height": 60}],
             "categories": [{"id": 1, "name": "person"}], "annotations": [{{string.Join(", ", persons)}}]}
            """);
        return folder.At("truth.json");
    }
}

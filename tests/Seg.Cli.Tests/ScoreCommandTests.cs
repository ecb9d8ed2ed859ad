using System.Text.Json;

namespace Seg.Cli.Tests;

public sealed class ScoreCommandTests(TrainedModel model) : IClassFixture<TrainedModel>
{
    [Fact]
    public void Masks_scored_against_themselves_are_perfect()
    {
        var truth = Path.Combine(model.Scenes, "gtFine", "val");
        var predicted = model.At("copies");
        Directory.CreateDirectory(predicted);
        foreach (var mask in Directory.GetFiles(truth, "*_labelIds.png", SearchOption.AllDirectories))
            File.Copy(mask, Path.Combine(predicted, Path.GetFileName(mask)), overwrite: true);
        var json = model.At("scores.json");
        var run = CommandRun.Of("score", "masks", "--truth", truth, "--predicted", predicted, "--classes", "cityscapes", "--json", json).Succeeded();

        Assert.Contains("mean IoU 1.0000", run.Output, StringComparison.Ordinal);
        using var scores = JsonDocument.Parse(File.ReadAllText(json));
        Assert.Equal(1, scores.RootElement.GetProperty("miou").GetDouble());
        Assert.Equal(19, scores.RootElement.GetProperty("confusion_matrix").GetArrayLength());
        Assert.Equal(34, scores.RootElement.GetProperty("label_id_confusion_matrix").GetArrayLength());
        Assert.Equal(1, scores.RootElement.GetProperty("category_iou").GetProperty("flat").GetDouble());
    }

    [Fact]
    public void Masks_that_predict_has_written_are_scored_as_eval_scores_the_model()
    {
        var images = Path.Combine(model.Scenes, "leftImg8bit", "val", "synth");
        var (masks, scores, evaluation) = (model.At("masks"), model.At("masks.json"), model.At("eval.json"));
        string[] compute = ["--device", "cpu", "--precision", "fp32", "--threads", "1"];
        CommandRun.Of(["predict", model.Model, images, "--out", masks, "--save", "mask", .. compute]).Succeeded();
        CommandRun.Of(["eval", model.Model, "--data", model.Scenes, "--json", evaluation, .. compute]).Succeeded();
        CommandRun.Of("score", "masks", "--truth", Path.Combine(model.Scenes, "gtFine", "val"), "--predicted", masks, "--classes", "cityscapes", "--indices",
            "--json", scores).Succeeded();

        using var scored = JsonDocument.Parse(File.ReadAllText(scores));
        var ids = model.At("ids");
        CommandRun.Of(["predict", model.Model, images, "--out", ids, "--save", "cityscapes", .. compute]).Succeeded();
        CommandRun.Of("score", "masks", "--truth", Path.Combine(model.Scenes, "gtFine", "val"), "--predicted", ids, "--classes", "cityscapes",
            "--json", scores).Succeeded();
        using var scoredIds = JsonDocument.Parse(File.ReadAllText(scores));
        Assert.Equal(scoredIds.RootElement.GetProperty("confusion_matrix").ToString(), scored.RootElement.GetProperty("confusion_matrix").ToString());
        using var evaluated = JsonDocument.Parse(File.ReadAllText(evaluation));
        Assert.Equal(evaluated.RootElement.GetProperty("confusion_matrix").ToString(), scored.RootElement.GetProperty("confusion_matrix").ToString());
    }

    [Theory]
    [InlineData("cityscape", "neither a file nor a published class list; there are: ade20k")]
    [InlineData("cityscapes", "There is no folder 'nowhere' for the true masks.")]
    public void Faults_are_one_line(string classes, string expected) =>
        CommandRun.Of("score", "masks", "--truth", "nowhere", "--predicted", "nowhere", "--classes", classes).Refused(exitCode: 2, expected);

    [Fact]
    public void Keypoints_of_any_tool_get_COCOs_ten_numbers()
    {
        var (truth, detections, json) = WriteKeypoints(image: 1);
        var run = CommandRun.Of("score", "keypoints", "--truth", truth, "--detections", detections, "--sigmas", "lsp", "--json", json).Succeeded();

        Assert.Contains("OKS 0.75       all      1.0000  1.0000", run.Output, StringComparison.Ordinal);
        Assert.Contains("OKS 0.50:0.95  large         -       -", run.Output, StringComparison.Ordinal);
        Assert.Contains("AP 1.0000, AR 1.0000, 1 persons, 1 detections", run.Output, StringComparison.Ordinal);
        using var scores = JsonDocument.Parse(File.ReadAllText(json));
        Assert.Equal(1, scores.RootElement.GetProperty("ap_50").GetDouble(), tolerance: 1e-12);
        Assert.Equal(-1, scores.RootElement.GetProperty("ar_large").GetDouble());
        Assert.Equal(10, scores.RootElement.GetProperty("stats").GetArrayLength());
        Assert.Equal(1, scores.RootElement.GetProperty("keypoint_similarity").GetProperty("joint_3").GetDouble());
        Assert.Equal(0, scores.RootElement.GetProperty("warnings").GetArrayLength());
    }

    [Fact]
    public void Faults_of_keypoint_files_are_one_line()
    {
        var (truth, detections, _) = WriteKeypoints(image: 2);

        CommandRun.Of("score", "keypoints", "--truth", truth, "--detections", detections).Refused(exitCode: 2,
            "The truth has 14 keypoints, and COCO's sigmas are for 17; give one a keypoint with --sigmas.");
        CommandRun.Of("score", "keypoints", "--truth", truth, "--detections", detections, "--sigmas", "lsp").Refused(exitCode: 2,
            "No detection of", "(the first: image 2)");
        CommandRun.Of("score", "keypoints", "--truth", model.At("nowhere.json"), "--detections", detections).Refused(exitCode: 2, "There is no file '", "nowhere.json'.");
    }

    private (string Truth, string Detections, string Json) WriteKeypoints(int image)
    {
        var (truth, detections) = (model.At($"truth{image}.json"), model.At($"detections{image}.json"));
        var joints = string.Join(", ", Enumerable.Range(0, 14).Select(joint => $"{joint}, {joint * joint}, 2"));
        var names = string.Join(", ", Enumerable.Range(1, 14).Select(joint => $"\"joint_{joint}\""));
        File.WriteAllText(truth, $$"""
            {"images": [{"id": 1}], "categories": [{"id": 1, "keypoints": [{{names}}]}],
             "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "keypoints": [{{joints}}], "num_keypoints": 14, "area": 2000, "bbox": [0, 0, 13, 169]}]}
            """);
        File.WriteAllText(detections, $$"""[{"image_id": {{image}}, "category_id": 1, "keypoints": [{{joints}}], "score": 0.9}]""");
        return (truth, detections, model.At($"keypoints{image}.json"));
    }
}

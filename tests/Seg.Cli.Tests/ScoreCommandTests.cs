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
        using var evaluated = JsonDocument.Parse(File.ReadAllText(evaluation));
        Assert.Equal(evaluated.RootElement.GetProperty("confusion_matrix").ToString(), scored.RootElement.GetProperty("confusion_matrix").ToString());
    }

    [Theory]
    [InlineData("cityscape", "neither a file nor a published class list; there are: ade20k")]
    [InlineData("cityscapes", "There is no folder 'nowhere' for the true masks.")]
    public void Faults_are_one_line(string classes, string expected) =>
        CommandRun.Of("score", "masks", "--truth", "nowhere", "--predicted", "nowhere", "--classes", classes).Refused(exitCode: 2, expected);
}

using System.Text.Json;
using OpenCvSharp;

namespace Seg.Cli.Tests;

public sealed class PoseTrainingCommandTests(TrainedPoseModel trained) : IClassFixture<TrainedPoseModel>
{
    [Fact]
    public void Training_tells_its_progress_in_the_words_of_pose()
    {
        var output = trained.Training.Output;
        Assert.Matches(@"\d+ training and \d+ validation people", output);
        Assert.Matches(@"epoch 1/1  train loss 0\.\d{4}  val AP 0\.\d{4}  PCK@0\.2 0\.\d{4}  best so far", output);
        Assert.Matches(@"done in .* best AP 0\.\d{4} in epoch 1: .*best\.safetensors", output);
        foreach (var name in new[] { "config.yaml", "last.safetensors", "metrics.jsonl", "curves.png", "keypoints.csv" })
            Assert.True(File.Exists(Path.Combine(trained.Run, name)), name);
    }

    [Fact]
    public void Evaluation_repeats_the_scores_that_training_showed()
    {
        var path = trained.At("scores.json");
        var run = CommandRun.Of("eval", trained.Model, "--precision", "fp32", "--json", path).Succeeded();

        using var json = JsonDocument.Parse(File.ReadAllText(path));
        var (ap, pck) = (json.RootElement.GetProperty("ap").GetDouble(), json.RootElement.GetProperty("pck").GetDouble());
        Assert.Contains(FormattableString.Invariant($"val AP {ap:F4}  PCK@0.2 {pck:F4}"), trained.Training.Output, StringComparison.Ordinal);
        Assert.Matches(@"left_wrist +\S+ +\d+", run.Output);
        Assert.Contains(FormattableString.Invariant($"PCK@0.2 (torso) {pck:F4}, AUC"), run.Output, StringComparison.Ordinal);
        Assert.Equal(10, json.RootElement.GetProperty("stats").GetArrayLength());
    }

    [Fact]
    public void Evaluation_takes_a_detectors_boxes()
    {
        var path = trained.At("detected.json");
        var run = CommandRun.Of("eval", trained.Model, "--boxes", trained.Boxes, "--json", path).Succeeded();

        Assert.DoesNotContain("PCK", run.Output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(File.ReadAllText(path));
        Assert.InRange(json.RootElement.GetProperty("ap").GetDouble(), 0, 1);
        CommandRun.Of("eval", trained.Model, "--boxes", trained.At("none.json")).Refused(exitCode: 2, "none.json");
    }

    [Fact]
    public void Evaluation_draws_true_and_predicted_people_on_one_sheet()
    {
        var path = trained.At("sheet.png");
        var run = CommandRun.Of("eval", trained.Model, "--sheet", path).Succeeded();
        Assert.Contains($"look at {path}", run.Output, StringComparison.Ordinal);
        using var sheet = Cv2.ImRead(path);
        Assert.True(sheet.Cols > 3 * 512 && sheet.Rows > 256, $"{sheet.Size()}");       // three or more comparisons of two pictures each
        CommandRun.Of("eval", trained.Model, "--sheet", trained.At("sheet.txt")).Refused(exitCode: 2, ".txt");
    }

    [Fact]
    public void Evaluation_leaves_a_review_of_true_and_predicted_people()
    {
        var folder = trained.At("review");
        var run = CommandRun.Of("eval", trained.Model, "--review", folder).Succeeded();
        Assert.Contains($"look at {Path.Combine(folder, "index.html")}", run.Output, StringComparison.Ordinal);
        var records = Directory.GetFiles(Path.Combine(folder, "review", "items"), "*.json").Select(file => JsonDocument.Parse(File.ReadAllText(file))).ToList();
        Assert.NotEmpty(records);
        foreach (var record in records)
        {
            using (record)
            {
                var (item, people) = (record.RootElement, record.RootElement.GetProperty("truths").EnumerateArray().ToList());
                Assert.Equal(people.Average(person => person.GetProperty("oks").GetDouble()), item.GetProperty("oks").GetDouble(), 1e-3);
                Assert.True(File.Exists(item.GetProperty("source").GetString()));
                foreach (var person in people)
                {
                    Assert.Equal(17, person.GetProperty("keypoints").GetArrayLength());
                    if (person.TryGetProperty("found", out var found))
                        Assert.InRange(found.GetInt32(), 0, item.GetProperty("persons").GetArrayLength() - 1);
                    else
                        Assert.Equal(0, person.GetProperty("oks").GetDouble());
                }
            }
        }
        CommandRun.Of("review", folder).Succeeded();
    }

    [Fact]
    public void A_training_step_is_timed_with_the_codecs_targets()
    {
        var run = CommandRun.Of("bench", trained.Model, "--train", "--batch", "2", "--runs", "2", "--warm-up", "1", "--threads", "1").Succeeded();
        Assert.Contains("train, 2x3x64x32", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loss_of_the_other_task_is_refused()
    {
        CommandRun.Of(trained.TrainArguments(trained.At("x"), "--set", "train.loss={name: dice}")).Refused(exitCode: 2, "dice");
        Assert.False(Directory.Exists(trained.At("x")));
    }
}

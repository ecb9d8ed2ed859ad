using System.Text.Json;

namespace Seg.Cli.Tests;

public class ReviewCommandTests(TrainedModel trained) : IClassFixture<TrainedModel>
{
    private static readonly string[] Compute = ["--device", "cpu", "--precision", "fp32", "--threads", "1"];

    [Fact]
    public void Predictions_leave_a_page_unless_it_is_not_wanted()
    {
        var (output, plain) = (trained.At("page"), trained.At("plain"));
        var run = CommandRun.Of(["predict", trained.Model, trained.Image, "--out", output, .. Compute]).Succeeded();
        Assert.EndsWith($"look at {Path.Combine(output, "index.html")}\n", run.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(output, "index.html")));

        File.Delete(Path.Combine(output, "index.html"));
        Assert.StartsWith("1 item; look at ", CommandRun.Of("review", output).Succeeded().Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(output, "index.html")));

        CommandRun.Of(["predict", trained.Model, trained.Image, "--out", plain, "--no-review", .. Compute]).Succeeded();
        Assert.False(Path.Exists(Path.Combine(plain, "index.html")) || Path.Exists(Path.Combine(plain, "review")));
        CommandRun.Of("review", plain).Refused(exitCode: 2, "holds nothing to review");
    }

    [Fact]
    public void A_page_of_the_users_own_stops_the_command_before_any_work()
    {
        var output = Directory.CreateDirectory(trained.At("own")).FullName;
        File.WriteAllText(Path.Combine(output, "index.html"), "mine");
        CommandRun.Of("predict", trained.Model, trained.Image, "--out", output).Refused(exitCode: 2, "is not overwritten", "--no-review");
        Assert.Equal(["index.html"], Directory.GetFileSystemEntries(output).Select(Path.GetFileName));
    }

    [Fact]
    public void Evaluation_leaves_each_images_scores_and_the_same_total()
    {
        var (folder, scores) = (trained.At("errors"), trained.At("scores.json"));
        CommandRun.Of(["eval", trained.Model, "--data", trained.Scenes, "--json", scores, .. Compute]).Succeeded();
        var plain = File.ReadAllText(scores);
        CommandRun.Of(["eval", trained.Model, "--data", trained.Scenes, "--json", scores, "--review", folder, .. Compute]).Succeeded();
        Assert.Equal(plain, File.ReadAllText(scores));
        var records = Directory.GetFiles(Path.Combine(folder, "review", "items"), "*.json")
            .Select(file => JsonDocument.Parse(File.ReadAllText(file)).RootElement).ToList();
        Assert.Equal(2, records.Count);
        Assert.Contains(records, record => record.GetProperty("name").GetString() == "leftImg8bit/val/synth/synth_000000_000019_leftImg8bit");
        // Of images of one size, the mean of their right pixels differs from that of all pixels by the ignored ones alone.
        using var all = JsonDocument.Parse(plain);
        Assert.Equal(all.RootElement.GetProperty("pixel_accuracy").GetDouble(), records.Average(record => record.GetProperty("accuracy").GetDouble()), 0.02);
    }
}

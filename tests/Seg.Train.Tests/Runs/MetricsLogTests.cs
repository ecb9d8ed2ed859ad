using System.Text.Json;
using Seg.Train.Runs;

namespace Seg.Train.Tests.Runs;

public sealed class MetricsLogTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string File => folder.At("metrics.jsonl");

    [Fact]
    public void Lines_have_the_documented_keys()
    {
        using (var log = new MetricsLog(File, step: 0))
        {
            log.Write(Step(1));
            log.Write(Epoch(1));
        }
        var lines = System.IO.File.ReadAllLines(File).Select(line => JsonDocument.Parse(line).RootElement).ToArray();

        Assert.Equal(
            ["kind", "step", "epoch", "loss", "learning_rate", "images_per_second", "data_wait"],
            lines[0].EnumerateObject().Select(key => key.Name));
        Assert.Equal(
            ["kind", "epoch", "step", "train_loss", "mean_iou", "pixel_accuracy", "class_iou", "best_mean_iou", "validation_seconds"],
            lines[1].EnumerateObject().Select(key => key.Name));
        Assert.Equal("step", lines[0].GetProperty("kind").GetString());
        Assert.Equal("epoch", lines[1].GetProperty("kind").GetString());
        Assert.Equal(0.25, lines[1].GetProperty("class_iou").GetProperty("road").GetDouble());
        Assert.Equal(JsonValueKind.Null, lines[1].GetProperty("class_iou").GetProperty("sky").ValueKind);
    }

    [Fact]
    public void Reading_gives_back_what_was_written()
    {
        using (var log = new MetricsLog(File, step: 0))
        {
            log.Write(Step(1));
            log.Write(Step(2) with { Loss = null });
            log.Write(Epoch(2));
        }
        System.IO.File.AppendAllText(File, "{\"kind\":\"step\",\"st");   // cut short by a crash

        var (steps, epochs) = MetricsLog.Read(File);

        Assert.Equal([Step(1), Step(2) with { Loss = null }], steps);
        var (read, written) = (Assert.Single(epochs), Epoch(2));
        Assert.Equal(written.Scores, read.Scores);
        Assert.Equal(written.Parts, read.Parts);
        Assert.Equal(
            (written.Epoch, written.Step, written.TrainLoss, written.PartsKey, written.Best, written.ValidationSeconds),
            (read.Epoch, read.Step, read.TrainLoss, read.PartsKey, read.Best, read.ValidationSeconds));
    }

    [Fact]
    public void Scores_that_are_no_numbers_are_null_and_read_as_such()
    {
        using (var log = new MetricsLog(File, step: 0))
            log.Write(Epoch(1) with { TrainLoss = null, Scores = EpochLine.Known([new("ap", double.NaN), new("pck", 0.5)]), Best = null });

        var epoch = Assert.Single(MetricsLog.Read(File).Epochs);
        Assert.Equal([new("ap", null), new("pck", 0.5)], epoch.Scores);
        Assert.Null(epoch.TrainLoss);
        Assert.Null(epoch.Best);
        Assert.Contains("\"best_ap\":null", System.IO.File.ReadAllText(File), StringComparison.Ordinal);
    }

    [Fact]
    public void Opening_at_a_step_drops_the_lines_after_it()
    {
        using (var log = new MetricsLog(File, step: 0))
        {
            log.Write(Step(1));
            log.Write(Step(2));
            log.Write(Epoch(2));
            log.Write(Step(3));
        }
        using (var log = new MetricsLog(File, step: 2))
            log.Write(Step(3) with { Loss = 9 });

        var (steps, epochs) = MetricsLog.Read(File);
        Assert.Equal([Step(1), Step(2), Step(3) with { Loss = 9 }], steps);
        Assert.Single(epochs);
    }

    public void Dispose() => folder.Dispose();

    private static StepLine Step(long step) =>
        new() { Step = step, Epoch = 1, Loss = 1.5, LearningRate = 0.01, ImagesPerSecond = 8, DataWait = 0.02 };

    private static EpochLine Epoch(long step) => new()
    {
        Epoch = 1,
        Step = step,
        TrainLoss = 1.5,
        Scores = [new("mean_iou", 0.5), new("pixel_accuracy", 0.8)],
        PartsKey = "class_iou",
        Parts = [new("road", 0.25), new("sky", null)],
        Best = 0.5,
        ValidationSeconds = 2,
    };
}

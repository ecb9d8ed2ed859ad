using System.Text.Json;
using OpenCvSharp;

namespace Seg.Cli.Tests;

public sealed class TrainingCommandTests(TrainedModel trained) : IClassFixture<TrainedModel>
{
    [Fact]
    public void Training_tells_its_progress_and_leaves_a_run()
    {
        var output = trained.Training.Output;
        Assert.Contains("4 training and 2 validation images", output, StringComparison.Ordinal);
        Assert.Matches(@"epoch 1/1  step 2/2  loss \d+\.\d{4}  lr 0\.\d+  \d+\.\d images/s  eta 0:00", output);
        Assert.Matches(@"epoch 1/1  train loss .* val mIoU 0\.\d{4}", output);
        Assert.Matches(@"done in .* best mIoU .*best\.safetensors", output);
        foreach (var name in new[] { "config.yaml", "best.safetensors", "last.safetensors", "metrics.jsonl", "curves.png" })
            Assert.True(File.Exists(Path.Combine(trained.Run, name)), name);
    }

    [Fact]
    public void Evaluation_repeats_the_score_that_training_showed()
    {
        var path = trained.At("scores.json");
        var run = CommandRun.Of("eval", trained.Model, "--precision", "fp32", "--json", path).Succeeded();
        Assert.Matches(@"road +0\.\d{4}", run.Output);
        using var json = JsonDocument.Parse(File.ReadAllText(path));
        var score = json.RootElement.GetProperty("miou").GetDouble();
        Assert.Contains(FormattableString.Invariant($"val mIoU {score:F4}"), trained.Training.Output, StringComparison.Ordinal);
        Assert.Equal(2, json.RootElement.GetProperty("images").GetInt32());
    }

    [Fact]
    public void Evaluation_finds_the_layout_of_data_without_a_config()
    {
        var copy = trained.At("alone", "model.safetensors");
        Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
        File.Copy(trained.Model, copy, overwrite: true);
        CommandRun.Of("eval", copy).Refused(exitCode: 2, "--data DIR");
        CommandRun.Of("eval", copy, "--data", trained.At("alone")).Refused(exitCode: 2, "layout");
        CommandRun.Of("eval", copy, "--data", trained.Scenes, "--split", "train").Succeeded();
    }

    [Fact]
    public void Windows_scales_and_mirror_images_are_for_evaluation_and_prediction_alike()
    {
        string[] views = ["--window", "48x64", "--overlap", "0.5", "--blend", "uniform", "--scales", "0.5,1", "--average", "logits", "--flip-test"];
        CommandRun.Of(["predict", trained.Model, trained.Image, "--out", trained.At("views"), "--save", "ids", "--no-review", .. views]).Succeeded();
        var name = Path.GetFileNameWithoutExtension(trained.Image) + "_ids.png";
        using var ids = Cv2.ImRead(Path.Combine(trained.At("views"), name), ImreadModes.Unchanged);
        Assert.Equal((64, 128), (ids.Rows, ids.Cols));

        var path = trained.At("views.json");
        var plain = CommandRun.Of("eval", trained.Model).Succeeded().Output;
        var viewed = CommandRun.Of(["eval", trained.Model, "--json", path, "--review", trained.At("views-review"), .. views]).Succeeded().Output;
        Assert.NotEqual(plain, viewed);
        Assert.True(File.Exists(trained.At("views-review", "index.html")));
        Assert.NotEqual(plain, CommandRun.Of("eval", trained.Model, "--size", "32x64").Succeeded().Output);
        CommandRun.Of("eval", trained.Model, "--overlap", "1").Refused(exitCode: 2, "Windows overlap by 0 or more and less than 1 of their side, not by 1.");
    }

    [Fact]
    public void Prediction_writes_what_was_asked_for()
    {
        var output = trained.At("predicted");
        var run = CommandRun.Of("predict", trained.Model, trained.Image, "--out", output, "--save", "overlay,mask,ids,side-by-side,json").Succeeded();
        Assert.StartsWith("1 image in ", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"\neach: decode [0-9.]+ ms, prepare [0-9.]+ ms, network [0-9.]+ ms, result [0-9.]+ ms, draw [0-9.]+ ms, encode [0-9.]+ ms, review [0-9.]+ ms, side by side\r?\n", run.Output);
        var name = Path.GetFileNameWithoutExtension(trained.Image);
        foreach (var ending in new[] { "_overlay.png", "_mask.png", "_ids.png", "_side_by_side.png", ".json" })
            Assert.True(File.Exists(Path.Combine(output, name + ending)), ending);
        using var ids = Cv2.ImRead(Path.Combine(output, name + "_ids.png"), ImreadModes.Unchanged);
        Assert.Equal((64, 128, MatType.CV_8UC1), (ids.Rows, ids.Cols, ids.Type()));
    }

    [Fact]
    public void An_input_that_cannot_be_read_is_named_and_the_others_are_done()
    {
        var broken = trained.At("broken.png");
        File.WriteAllBytes(broken, File.ReadAllBytes(trained.Image)[..500]);
        var run = CommandRun.Of("predict", trained.Model, broken, trained.Image, "--out", trained.At("partly"));
        run.Refused(exitCode: 2, "broken.png");
        Assert.StartsWith("1 image in ", run.Output, StringComparison.Ordinal);
        CommandRun.Of("predict", trained.Model, trained.At("none.png"), "--out", trained.At("none")).Refused(exitCode: 2, "none.png");
        CommandRun.Of("predict", trained.Model, trained.Image, "--out", trained.At("none"), "--save", "overlays").Refused(exitCode: 2, "'overlays' cannot be saved");
    }

    [Fact]
    public void Info_of_a_trained_model_names_its_classes()
    {
        var run = CommandRun.Of("info", trained.Model).Succeeded();
        Assert.Contains("19 classes: road, sidewalk,", run.Output, StringComparison.Ordinal);
        Assert.Contains("for an input of 1x3x64x128", run.Output, StringComparison.Ordinal);
        CommandRun.Of("info", trained.Model, "--set", "model.num_classes=3").Refused(exitCode: 2, "leave --set out");
    }

    [Fact]
    public void An_interrupted_run_is_saved_and_goes_on()
    {
        var run = trained.At("interrupted");
        using CancellationTokenSource interruption = new();
        using InterruptingWriter output = new(interruption, "epoch 1/2");
        var interrupted = CommandRun.Of(interruption.Token, output, trained.TrainArguments(run, "--set", "train.epochs=2"));
        Assert.Equal(130, interrupted.ExitCode);
        Assert.Contains("--resume goes on", interrupted.Output, StringComparison.Ordinal);
        var resumed = CommandRun.Of(trained.TrainArguments(run, "--set", "train.epochs=2", "--resume")).Succeeded();
        Assert.Contains("going on after step", resumed.Output, StringComparison.Ordinal);
        Assert.Contains("done in ", resumed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_whose_time_is_up_is_saved_and_goes_on()
    {
        var run = trained.At("limited");
        var limited = CommandRun.Of(trained.TrainArguments(run, "--set", "train.epochs=1000", "--max-time", "1s")).Succeeded();
        Assert.Matches(@"time is up: stopped after \d+ steps? in 0:0\d and saved; --resume goes on", limited.Output);
        var resumed = CommandRun.Of(trained.TrainArguments(run, "--set", "train.epochs=1000", "--max-time", "1s", "--resume")).Succeeded();
        Assert.Contains("going on after step", resumed.Output, StringComparison.Ordinal);
        CommandRun.Of(trained.TrainArguments(run, "--max-time", "soon")).Refused(exitCode: 2, "--max-time is 'soon'; it must be a time such as 45m");
        CommandRun.Of(trained.TrainArguments(run, "--set", "train.precision=fp16")).Refused(exitCode: 2, "trains on a GPU alone");
    }

    [Fact]
    public void What_stops_a_run_before_it_starts_is_told()
    {
        CommandRun.Of("train", trained.At("none.yaml")).Refused(exitCode: 2, "none.yaml");
        CommandRun.Of(trained.TrainArguments(trained.At("x"), "--data", trained.At("nowhere"))).Refused(exitCode: 2);
        CommandRun.Of(trained.TrainArguments(trained.At("x"), "--set", "trian.epochs=3")).Refused(exitCode: 2, "did you mean 'train'?");
        CommandRun.Of(trained.TrainArguments(trained.At("x"), "--resume")).Refused(exitCode: 2, "no checkpoint to resume");
        // A file stands where the run's folder should be: that is no wrong input, but a failure.
        File.WriteAllText(trained.At("file"), "");
        CommandRun.Of(trained.TrainArguments(trained.At("file", "run"))).Refused(exitCode: 1, "Cannot make the run directory");
    }

    /// <summary>Interrupts, as Ctrl-C would, as soon as a line holds a text.</summary>
    private sealed class InterruptingWriter(CancellationTokenSource interruption, string text) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value?.Contains(text, StringComparison.Ordinal) == true)
                interruption.Cancel();
        }
    }

    [Fact]
    public void A_sheet_of_people_is_not_for_masks() =>
        CommandRun.Of("eval", trained.Model, "--sheet", trained.At("sheet.png")).Refused(exitCode: 2, "--review");
}

using OpenCvSharp;
using Seg.Cli.Display;
using Seg.Train.Jobs;
using Seg.Train.Metrics;
using Seg.Train.Synthesis;
using Seg.Train.Synthesis.Figures;

namespace Seg.Cli.Tests;

public sealed class DemoTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_small_demo_leaves_overlays_a_video_curves_and_scores()
    {
        StringWriter output = new();
        using DemoDisplay display = new(new Terminal(output, TextWriter.Null));
        var result = DemoJob.Run(
            new DemoRequest
            {
                Output = folder.Path,
                Subject = new StreetDemo { Scenes = new SynthConfig { Train = 4, Val = 2, Width = 128, Height = 64 } },
                VideoSeconds = 0.4,
                Overrides =
                [
                    "train.epochs=1", "train.batch_size=2", "train.schedule.warmup_steps=0", "data.augmentation.crop_size=[64, 128]",
                    "model.backbone={name: hrnet, width: 4, bottleneck_channels: 8, blocks_per_stage: [1, 1, 1, 1], modules_per_stage: [1, 1, 1]}",
                ],
            },
            display);
        Assert.Equal(2, ((SegmentationScores)result.Scores).Images);
        var predictions = Assert.Single(result.Predictions);
        Assert.Equal((2, 1, 6), (predictions.Images, predictions.Videos, predictions.Frames));
        foreach (var file in predictions.Files.Concat([result.Curves, result.Metrics, result.ScoresFile, result.Training.BestModel!]))
            Assert.True(File.Exists(file), file);
        using var video = new VideoCapture(folder.At("overlays", "drive_overlay.mp4"));
        Assert.Equal(6, video.FrameCount);
        Assert.Contains("1. drawing 4 street scenes", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("4. predicting", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_small_demo_of_pose_leaves_skeletons_a_video_of_numbered_walkers_curves_and_scores()
    {
        StringWriter output = new();
        using DemoDisplay display = new(new Terminal(output, TextWriter.Null));
        var result = DemoJob.Run(
            new DemoRequest
            {
                Subject = new PoseDemo { Scenes = new FigureConfig { Train = 5, Val = 2, Width = 128, Height = 96 } },
                Output = folder.Path,
                VideoSeconds = 0.4,
                Overrides =
                [
                    "train.epochs=1", "train.batch_size=4", "train.schedule.warmup_steps=0", "data.augmentation.crop_size=[64, 64]",
                    "model.backbone={name: hrnet, width: 4, bottleneck_channels: 8, blocks_per_stage: [1, 1, 1, 1], modules_per_stage: [1, 1, 1]}",
                ],
            },
            display);
        Assert.Equal("ap", result.Scores.All[0].Kind.Key);
        Assert.Equal([(2, 0, 0), (0, 1, 6)], result.Predictions.Select(each => (each.Images, each.Videos, each.Frames)));
        string[] others = [result.Curves, result.Metrics, result.ScoresFile, result.Training.BestModel!];
        foreach (var file in result.Predictions.SelectMany(each => each.Files).Concat(others))
            Assert.True(File.Exists(file), file);
        using var video = new VideoCapture(folder.At("overlays", "walk_overlay.mp4"));
        Assert.Equal(6, video.FrameCount);
        Assert.Contains("1. drawing 5 scenes with people", output.ToString(), StringComparison.Ordinal);
    }
}

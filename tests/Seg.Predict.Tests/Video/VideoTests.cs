using OpenCvSharp;
using Seg.Models;
using Seg.Predict.Drawing;
using Seg.Predict.Inputs;
using Seg.Predict.Jobs;
using Seg.Predict.Video;

namespace Seg.Predict.Tests.Video;

public sealed class VideoTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("x.mp4")]
    [InlineData("x.avi")]
    public void Frames_come_back_in_number_order_size_and_rate(string name)
    {
        WriteVideo(folder[name], frames: 12, rate: 12.5);
        using var reader = VideoReader.Open(folder[name]);
        Assert.Equal((64, 48, 12), (reader.Width, reader.Height, reader.DeclaredFrames));
        Assert.Equal(12.5, reader.FrameRate, 1e-3);
        var means = new List<double>();
        foreach (var frame in reader.Frames())
        {
            using (frame)
                means.Add(TestImages.Values(frame).Average(value => (double)value));
        }
        Assert.Equal(12, means.Count);
        Assert.Equal(means.Order(), means);                     // each frame is a little brighter than the one before
    }

    [Fact]
    public void A_name_with_a_colon_is_no_address()
    {
        if (OperatingSystem.IsWindows())
            return;                                             // no file's name has a colon there
        WriteVideo(folder["x.mp4"], frames: 3, rate: 10);
        var name = $"{Guid.NewGuid():N}:30.mp4";                // in the current folder: a path has a slash before the colon
        File.Copy(folder["x.mp4"], name);
        try
        {
            using var reader = VideoReader.Open(name);
            Assert.Equal((64, 48, 3), (reader.Width, reader.Height, reader.DeclaredFrames));
        }
        finally
        {
            File.Delete(name);
        }
    }

    [Fact]
    public void A_video_that_is_not_committed_is_not_there()
    {
        File.WriteAllText(folder["x.mp4"], "old");
        using (var video = new VideoOutput(folder["x.mp4"], 64, 48, 10))
        {
            using var frame = TestImages.Gradient(64, 48);
            video.Write(frame);
            using var other = TestImages.Gradient(62, 48);
            Assert.Throws<ArgumentException>(() => video.Write(other));
        }
        Assert.Equal(["x.mp4"], folder.Files());
        Assert.Equal("old", File.ReadAllText(folder["x.mp4"]));
        Assert.Throws<IOException>(() => new VideoOutput(Path.Combine(folder.Root, "none/x.mp4"), 64, 48, 10));
    }

    [Fact]
    public void A_frame_can_be_shown_for_longer()
    {
        using (VideoOutput video = new(folder["x.avi"], 64, 48, 10, repeatsFrames: true))
        {
            foreach (var (gray, repeats) in new[] { (0, 0), (100, 0), (200, 3) })
            {
                using Mat frame = new(48, 64, MatType.CV_8UC3, new Scalar(gray, gray, gray));
                video.Write(frame, repeats);
            }
            video.Commit();
        }
        using var reader = VideoReader.Open(folder["x.avi"]);
        List<(double Time, int Gray)> frames = [];
        foreach (var frame in reader.Frames())
        {
            using (frame)
                frames.Add((Math.Round(reader.Time, 3), (int)Math.Round(TestImages.Values(frame).Average(value => (double)value) / 100) * 100));
        }
        Assert.Equal([(0, 0), (0.1, 100), (0.2, 100), (0.3, 100), (0.4, 100), (0.5, 200)], frames);
    }

    [Fact]
    public void A_video_in_gives_an_overlay_video_out_with_the_same_frames_rate_and_size()
    {
        WriteVideo(folder["in.mp4"], frames: 9, rate: 24);
        using var predictor = TestModel.CreatePredictor();
        List<(int, int)> reports = [];
        var (result, found) = Predict(predictor, folder["in.mp4"], (frame, frames) => reports.Add((frame, frames)));
        Assert.Equal((9, 9, 24.0), (result.Frames, result.DeclaredFrames, result.FrameRate));
        Assert.Equal(1, Assert.IsType<SegmentationVideo>(found).MeanShares.Sum(), 1e-9);
        Assert.Equal(Enumerable.Range(1, 9).Select(frame => (frame, 9)), reports);
        using var output = VideoReader.Open(folder["out.mp4"]);
        Assert.Equal((64, 48, 9), (output.Width, output.Height, output.DeclaredFrames));
        Assert.Equal(24, output.FrameRate, 1e-3);
        Assert.Equal(["in.mp4", "out.mp4"], folder.Files());

        // The first frame is the drawn one, as far as the codec keeps it.
        using var source = VideoReader.Open(folder["in.mp4"]);
        using Mat first = source.Frames().First(), shown = output.Frames().First();
        using var drawn = new Overlay(TestImages.Classes, new OverlayOptions { Legend = LegendPlacement.Inside }).Draw(first, predictor.Predict(first));
        Assert.InRange(TestImages.Values(drawn).Zip(TestImages.Values(shown)).Average(pair => Math.Abs(pair.First - pair.Second)), 0, 12);
    }

    [Fact]
    public void A_cancelled_video_leaves_nothing()
    {
        WriteVideo(folder["in.mp4"], frames: 20, rate: 10);
        using var predictor = TestModel.CreatePredictor();
        using CancellationTokenSource source = new();
        Assert.Throws<OperationCanceledException>(() => Predict(
            predictor, folder["in.mp4"], (frame, _) => { if (frame == 4) source.Cancel(); }, source.Token));
        Assert.Equal(["in.mp4"], folder.Files());
    }

    [Fact]
    public void A_broken_video_and_one_without_frames_are_named()
    {
        WriteVideo(folder["whole.mp4"], frames: 10, rate: 10);
        var whole = File.ReadAllBytes(folder["whole.mp4"]);
        File.WriteAllBytes(folder["cut.mp4"], whole[..(whole.Length / 2)]);
        File.WriteAllText(folder["text.mp4"], "This is no video.");
        File.WriteAllBytes(folder["empty.mp4"], []);
        WriteVideo(folder["none.avi"], frames: 0, rate: 10);
        using var predictor = TestModel.CreatePredictor();
        foreach (var name in new[] { "cut.mp4", "text.mp4", "empty.mp4", "none.avi", "missing.mp4" })
        {
            var path = Path.Combine(folder.Root, name);
            var fault = Assert.Throws<InputException>(() => Predict(predictor, path));
            Assert.Contains(name, fault.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("out.mp4", folder.Files());
        }
    }

    /// <summary>Into out.mp4.</summary>
    private (VideoResult Video, IVideoResults<LabelMap> Found) Predict(
        SegmentationPredictor predictor, string path, Action<int, int>? frameDone = null, CancellationToken cancellation = default)
    {
        PredictRequest request = new() { Model = "", Inputs = [], Output = "" };
        SegmentationTask task = new(SegmentationPlan.Make(request, [], TestImages.Classes), predictor, request, new ResultFiles(request, []));
        Dictionary<PredictionOutputs, string> outputs = new() { [PredictionOutputs.Overlay] = folder["out.mp4"] };
        return new VideoPrediction<LabelMap>(task).Run(new InputItem(path, IsVideo: true, "in"), outputs, frameDone, cancellation);
    }

    internal static void WriteVideo(string path, int frames, double rate)
    {
        var codec = FourCC.FromString(path.EndsWith(".avi", StringComparison.Ordinal) ? "MJPG" : "mp4v");
        using var writer = new VideoWriter(path, codec, rate, new Size(64, 48));
        Assert.True(writer.IsOpened());
        for (var index = 0; index < frames; index++)
        {
            using var frame = new Mat(48, 64, MatType.CV_8UC3, new Scalar(index * 15, index * 15, index * 15));
            writer.Write(frame);
        }
    }
}

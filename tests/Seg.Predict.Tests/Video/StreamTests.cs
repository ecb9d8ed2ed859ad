using Seg.Models;
using Seg.Predict.Inputs;
using Seg.Predict.Jobs;
using Seg.Predict.Video;

namespace Seg.Predict.Tests.Video;

public sealed class StreamTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [StreamFact]
    public void A_video_behind_an_address_is_predicted_to_its_end()
    {
        VideoTests.WriteVideo(folder["drive.avi"], frames: 12, rate: 10);
        using VideoServer server = new(File.ReadAllBytes(folder["drive.avi"]));
        var summary = PredictionJob.Run(Request($"http://user:secret@127.0.0.1:{server.Port}/a/drive.avi") with { Save = PredictionOutputs.Overlay | PredictionOutputs.Json });
        Assert.Equal((1, 12), (summary.Videos, summary.Frames));
        Assert.Empty(summary.Warnings);
        Assert.Equal(["127.0.0.1_PORT_a_drive.avi.json", "127.0.0.1_PORT_a_drive.avi_overlay.mp4"], Files(server));
        Assert.Contains($"http://127.0.0.1:{server.Port}/a/drive.avi", File.ReadAllText(summary.Files.Single(file => file.EndsWith(".json", StringComparison.Ordinal))));
    }

    [StreamFact]
    public void A_stream_without_end_is_taken_as_far_as_was_asked_for()
    {
        using VideoServer server = new();
        List<PredictionProgress> reports = [];
        var summary = PredictionJob.Run(Request($"http://127.0.0.1:{server.Port}/live") with { Frames = 7 }, reports.Add);
        Assert.Equal((1, 7), (summary.Videos, summary.Frames));
        Assert.Contains(reports, report => report is { Frame: 7, Frames: 7 });
        Assert.Equal(7, FramesOf(Assert.Single(summary.Files)));
    }

    [StreamFact]
    public void What_was_asked_for_is_not_taken_for_what_a_source_declares()
    {
        using VideoServer server = new();
        using var predictor = TestModel.CreatePredictor();
        PredictRequest request = new() { Model = "", Inputs = [], Output = "" };
        SegmentationTask task = new(SegmentationPlan.Make(request, [], TestImages.Classes), predictor, request, new ResultFiles(request, []));
        var address = StreamAddress.TryParse($"http://127.0.0.1:{server.Port}/live")!;
        List<int> expected = [];
        var (video, _) = new VideoPrediction<LabelMap>(task, mostFrames: 3).Run(
            new InputItem(address.Shown, IsVideo: true, "live") { Stream = address }, outputs: new Dictionary<PredictionOutputs, string>(),
            (_, frames) => expected.Add(frames));
        Assert.Equal((3, 0), (video.Frames, video.DeclaredFrames));
        Assert.Equal([3, 3, 3], expected);
    }

    [StreamFact]
    public void A_stream_that_is_stopped_leaves_a_whole_video_of_what_came()
    {
        using VideoServer server = new();
        using CancellationTokenSource source = new();
        var summary = PredictionJob.Run(
            Request($"http://127.0.0.1:{server.Port}/live"), report => { if (report.Frame == 5) source.Cancel(); }, source.Token);
        Assert.Equal(["127.0.0.1_PORT_live_overlay.mp4"], Files(server));
        Assert.InRange(summary.Frames, 5, 20);
        Assert.Equal(summary.Frames, FramesOf(summary.Files[0]));
    }

    [StreamFact]
    public void Inputs_behind_a_stream_that_was_stopped_do_not_begin()
    {
        using VideoServer server = new();
        using CancellationTokenSource source = new();
        var request = Request($"http://127.0.0.1:{server.Port}/live") with { Frames = null };
        request = request with { Inputs = [.. request.Inputs, "camera:97"] };
        Assert.Throws<OperationCanceledException>(() => PredictionJob.Run(request, report => { if (report.Frame == 2) source.Cancel(); }, source.Token));
        Assert.Equal(["127.0.0.1_PORT_live_overlay.mp4"], Files(server));
    }

    [Fact]
    public void A_video_file_is_taken_as_far_as_was_asked_for()
    {
        VideoTests.WriteVideo(folder["in.mp4"], frames: 9, rate: 10);
        var summary = PredictionJob.Run(Request(folder["in.mp4"]) with { Frames = 4 });
        Assert.Equal((4, 4), (summary.Frames, FramesOf(Assert.Single(summary.Files))));
        Assert.Empty(summary.Warnings);
    }

    [Fact]
    public void What_cannot_be_opened_is_named_without_its_secrets()
    {
        var camera = Assert.Throws<InputException>(() => PredictionJob.Run(Request("camera:97")));
        Assert.StartsWith("'camera:97' cannot be opened; check that there is such a camera", camera.Message, StringComparison.Ordinal);
        int port;
        using (VideoServer closed = new())
            port = closed.Port;
        var stream = Assert.Throws<InputException>(() => PredictionJob.Run(Request($"http://user:secret@127.0.0.1:{port}/x.avi")));
        Assert.StartsWith($"'http://127.0.0.1:{port}/x.avi' cannot be opened: nothing answered", stream.Message, StringComparison.Ordinal);
        Assert.Empty(folder.Files("out"));
    }

    private static int FramesOf(string path)
    {
        using var video = VideoReader.Open(path);
        return video.Frames().Select(frame => { frame.Dispose(); return 1; }).Sum();
    }

    private IEnumerable<string> Files(VideoServer server) =>
        folder.Files("out").Select(file => file.Replace($"_{server.Port}_", "_PORT_", StringComparison.Ordinal));

    private PredictRequest Request(string input) => TestModel.Request(folder, input);
}

using System.Runtime.CompilerServices;
using System.Text.Json;
using Seg.Predict.Drawing;
using Seg.Predict.Jobs;
using Seg.Predict.Video;

namespace Seg.Predict.Tests.Jobs;

public sealed class PoseVideoTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Without_a_report_persons_of_earlier_frames_are_forgotten()
    {
        var video = Create(keepsFrames: false);
        var first = AddFrame(video);
        AddFrame(video);
        GC.Collect();
        Assert.False(first.IsAlive);
        Assert.Single(video.Last);
    }

    [Fact]
    public void A_report_has_the_persons_of_all_frames()
    {
        var video = Create(keepsFrames: true);
        for (var frame = 0; frame < 3; frame++)
            AddFrame(video);
        VideoResult result = new() { Frames = 3, DeclaredFrames = 3, FrameRate = 10, Width = 64, Height = 48 };
        video.WriteReport(folder["x.json"], "x.mp4", result);
        using var report = JsonDocument.Parse(File.ReadAllText(folder["x.json"]));
        Assert.Equal([1, 1, 1], report.RootElement.GetProperty("persons_by_frame").EnumerateArray().Select(frame => frame.GetArrayLength()));
    }

    /// <summary>In a method of its own, as a local variable may keep an object alive.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference AddFrame(PoseVideo video)
    {
        video.Add([TestPersons.Standing(x: 30, top: 4, height: 40)]);
        return new WeakReference(video.Last);
    }

    private static PoseVideo Create(bool keepsFrames) =>
        new(TestPersons.Coco, new PoseOverlay(TestPersons.Coco, new PoseOverlayOptions()), new PoseRequest(), frameRate: 10, keepsFrames);
}

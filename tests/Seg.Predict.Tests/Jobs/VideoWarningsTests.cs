using Seg.Predict.Inputs;
using Seg.Predict.Jobs;
using Seg.Predict.Video;

namespace Seg.Predict.Tests.Jobs;

public class VideoWarningsTests
{
    private static readonly VideoResult Whole = new() { Frames = 100, DeclaredFrames = 100, FrameRate = 25, Width = 64, Height = 48 };

    [Fact]
    public void Files_that_end_early_or_have_frames_at_uneven_times_are_named()
    {
        InputItem file = new("x.mp4", IsVideo: true, "x");
        Assert.Empty(VideoWarnings.Of(file, Whole with { Drift = 0.2 }));
        Assert.Equal("'x.mp4' ends early: 90 of 100 frames can be decoded.", Assert.Single(VideoWarnings.Of(file, Whole with { Frames = 90 })));
        var uneven = Assert.Single(VideoWarnings.Of(file, Whole with { Drift = 1.26 }));
        Assert.StartsWith("'x.mp4' has its frames at uneven times, and the results show them at even ones, up to 1.3 s off;", uneven, StringComparison.Ordinal);
        Assert.Empty(VideoWarnings.Of(file, Whole with { FrameRate = 1, Drift = 1.26 }));   // of two frames that is less
    }

    [Fact]
    public void Streams_end_when_they_end()
    {
        InputItem stream = new("camera:0", IsVideo: true, "camera_0") { Stream = StreamAddress.TryParse("camera:0") };
        Assert.Empty(VideoWarnings.Of(stream, Whole with { Frames = 90 }));
    }
}

using Seg.Cli.Display;
using Seg.Predict.Jobs;

namespace Seg.Cli.Tests;

public class PredictionProgressTextTests
{
    private TimeSpan now;

    [Fact]
    public void Rate_and_time_to_go_are_those_of_the_last_seconds()
    {
        PredictionProgressText text = new(() => now);
        Assert.Equal("1 of 100  a.png", At(20, text, new(1, 100, "in/a.png")));
        Assert.Equal("11 of 100, 5.0 images/s, 18 s left  b.png", At(22, text, new(11, 100, "b.png")));
        Assert.Equal("12 of 100, 2 unreadable, 3.7 images/s, 24 s left  c.png", At(23, text, new(12, 100, "c.png", Unreadable: 2)));
        // The reports of 20 and 22 s are forgotten: 1 in 60 s, and 87 are to come.
        Assert.Equal("13 of 100, 0.0 images/s, 1:27 h left  d.png", At(83, text, new(13, 100, "d.png")));
    }

    [Fact]
    public void A_video_is_counted_by_its_own_frames()
    {
        PredictionProgressText text = new(() => now);
        At(0, text, new(3, 4, "a.png"));
        Assert.Equal("x.mp4: frame 1 of 601", At(1, text, new(3, 4, "x.mp4", 1, 601)));
        Assert.Equal("x.mp4: frame 21 of 601, 2.0 frames/s, 4:50 min left", At(11, text, new(3, 4, "x.mp4", 21, 601)));
        At(12, text, new(3, 4, "camera:0", 1));
        Assert.Equal("camera:0: frame 11, 10.0 frames/s", At(13, text, new(3, 4, "camera:0", 11)));
    }

    [Fact]
    public void Of_an_image_that_takes_long_its_part_is_told()
    {
        PredictionProgressText text = new(() => now);
        Assert.Equal("1 of 3  map.tif: 46 %", At(1, text, new(1, 3, "in/map.tif", Part: 0.456)));
        Assert.Equal("2 of 3  map.tif", At(2, text, new(2, 3, "in/map.tif")));
    }

    private string At(double seconds, PredictionProgressText text, PredictionProgress progress)
    {
        now = TimeSpan.FromSeconds(seconds);
        return text.Of(progress);
    }
}

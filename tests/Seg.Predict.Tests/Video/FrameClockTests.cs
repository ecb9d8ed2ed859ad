using Seg.Predict.Video;

namespace Seg.Predict.Tests.Video;

public class FrameClockTests
{
    [Theory]
    [InlineData("0 0.1 0.2 0.3", "0 0 0 0")]                       // nothing is missing
    [InlineData("5000 5000.1 5000.2", "0 0 0")]                    // clocks begin anywhere
    [InlineData("0 0.5 1 1.1", "0 4 4 0")]                         // every fifth frame came
    [InlineData("0 0.33 0.66 1", "0 2 3 2")]                       // the recording never runs ahead by more than half a frame
    [InlineData("0 0.13 0.18 0.31 0.4", "0 0 0 0 0")]              // neighbours that come early or late are neighbours still
    [InlineData("0 0.01 0.02 0.1 0.3", "0 0 0 0 0")]               // faster than the rate: every frame is shown, and the time is made up for
    [InlineData("0 0 0 0", "0 0 0 0")]                             // a source that does not know
    [InlineData("7 7.1 0 0.1 0.4", "0 0 0 0 2")]                   // a clock that was set back
    [InlineData("0 0.1 3600 3600.1 3600.3", "0 0 0 0 1")]          // and one that was set forward
    public void Gaps_are_filled_by_the_frame_before(string times, string repeats)
    {
        FrameClock clock = new(frameRate: 10);
        Assert.Equal(repeats, string.Join(' ', times.Split(' ').Select(time => clock.Repeats(double.Parse(time, System.Globalization.CultureInfo.InvariantCulture)))));
    }
}

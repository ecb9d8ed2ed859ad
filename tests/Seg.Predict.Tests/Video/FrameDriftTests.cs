using System.Globalization;
using Seg.Predict.Video;

namespace Seg.Predict.Tests.Video;

public class FrameDriftTests
{
    [Theory]
    [InlineData("0 0.1 0.2 0.3", 0.0)]
    [InlineData("5000 5000.1 5000.2", 0.0)]                        // clocks begin anywhere
    [InlineData("0 0.13 0.18 0.31", 0.03)]
    [InlineData("0 0.1 0.9 1 1.1", 0.7)]                           // a gap, which nothing makes up for
    [InlineData("0 0.02 0.04 0.06 0.5", 0.24)]                     // faster than the rate first, then slower
    [InlineData("0 0 0 0", 0.0)]                                   // a file that does not say
    [InlineData("7 7.1 0 0.1 0.4", 0.2)]                           // a clock that was set back
    [InlineData("0 0.1 3600 3600.1 3600.4", 0.2)]                  // and one that was set forward
    public void Is_the_greatest_distance_from_even_times(string times, double most)
    {
        FrameDrift drift = new(frameRate: 10);
        foreach (var time in times.Split(' '))
            drift.Add(double.Parse(time, CultureInfo.InvariantCulture));
        Assert.Equal(most, drift.Most, 1e-6);
    }
}

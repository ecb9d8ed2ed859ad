namespace Seg.Train.Tests;

public class DurationTests
{
    [Theory]
    [InlineData("45m", 45 * 60)]
    [InlineData("1h30m", 90 * 60)]
    [InlineData("1h 30m", 90 * 60)]
    [InlineData("90s", 90)]
    [InlineData("2d", 2 * 86400)]
    [InlineData("1d2h3m4s", 93784)]
    public void Times_are_read_as_they_are_written(string text, double seconds)
    {
        Assert.True(Duration.TryParse(text, out var time));
        Assert.Equal(seconds, time.TotalSeconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("90")]
    [InlineData("0m")]
    [InlineData("30m1h")]
    [InlineData("-5m")]
    [InlineData("1.5h")]
    [InlineData("999999999d")]
    [InlineData("1h30")]
    public void What_is_no_time_is_refused(string text) => Assert.False(Duration.TryParse(text, out _));
}

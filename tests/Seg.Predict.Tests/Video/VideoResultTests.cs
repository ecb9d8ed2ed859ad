using Seg.Predict.Video;

namespace Seg.Predict.Tests.Video;

public class VideoResultTests
{
    [Theory]
    [InlineData(300, 0, false)]                                    // nobody knows how many there are
    [InlineData(1000, 1000, false)]
    [InlineData(1003, 1000, false)]
    [InlineData(980, 1000, false)]                                 // a length times a rate
    [InlineData(979, 1000, true)]
    [InlineData(9, 10, false)]
    [InlineData(8, 10, true)]
    [InlineData(0, 2, true)]
    public void Ends_early_where_more_is_missing_than_an_estimate_is_off(int frames, int declared, bool endsEarly)
    {
        VideoResult result = new() { Frames = frames, DeclaredFrames = declared, FrameRate = 25, Width = 64, Height = 48 };
        Assert.Equal(endsEarly, result.EndsEarly);
    }
}

using Seg.Predict.Inputs;

namespace Seg.Predict.Tests.Inputs;

public class StreamAddressTests
{
    [Fact]
    public void A_camera_is_known_by_its_number()
    {
        var camera = StreamAddress.TryParse("camera:2")!;
        Assert.Equal((2, "camera:2", "camera_2", null), (camera.Camera, camera.Shown, camera.Name, camera.Address));
        Assert.Null(StreamAddress.TryParse("camera:front"));
        Assert.Null(StreamAddress.TryParse("camera:-1"));
    }

    [Fact]
    public void Secrets_of_an_address_are_not_shown()
    {
        var stream = StreamAddress.TryParse("rtsp://user:pass@cam.example:554/live/1?token=x")!;
        Assert.Equal("rtsp://user:pass@cam.example:554/live/1?token=x", stream.Address);
        Assert.Equal("rtsp://cam.example:554/live/1?token=x", stream.Shown);
        Assert.Equal("cam.example_554_live_1", stream.Name);
    }

    [Theory]
    [InlineData("photos/x.png")]
    [InlineData("C://x.png")]
    [InlineData("a b://x")]
    [InlineData("http://")]
    public void Paths_are_no_addresses(string text) => Assert.Null(StreamAddress.TryParse(text));
}

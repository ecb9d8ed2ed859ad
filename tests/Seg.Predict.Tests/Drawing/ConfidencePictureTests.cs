using OpenCvSharp;
using Seg.Predict.Drawing;

namespace Seg.Predict.Tests.Drawing;

public class ConfidencePictureTests
{
    [Fact]
    public void Every_pixel_has_the_colour_of_its_confidence_lighter_with_the_doubt()
    {
        var map = Rising(256, 4);
        using var drawn = new ConfidencePicture(LegendPlacement.None).Draw(map);
        Assert.Equal((256, 4), (drawn.Cols, drawn.Rows));
        var row = TestImages.Row(drawn, 2).ToArray();
        var light = Enumerable.Range(0, 256).Select(x => 0.114 * row[3 * x] + 0.587 * row[3 * x + 1] + 0.299 * row[3 * x + 2]).ToList();
        Assert.Equal(light.OrderDescending(), light);
        Assert.Equal([33, 14, 13], row[^3..]);
        Assert.Equal([224, 252, 255], row[..3]);
    }

    [Theory]
    [InlineData(480, 360)]
    [InlineData(64, 48)]
    [InlineData(1, 1)]
    [InlineData(2000, 90)]
    public void The_scale_stands_below_and_shows_all_its_colours(int width, int height)
    {
        using var plain = new ConfidencePicture(LegendPlacement.None).Draw(Rising(width, height));
        using var drawn = new ConfidencePicture().Draw(Rising(width, height));
        using var picture = drawn[new Rect(0, 0, width, height)];
        Assert.Equal(TestImages.Values(plain), TestImages.Values(picture));
        var below = Enumerable.Range(height, drawn.Rows - height).SelectMany(y => TestImages.Row(drawn, y).ToArray().Chunk(3)).Select(pixel => (pixel[0], pixel[1], pixel[2])).ToHashSet();
        foreach (var place in new[] { 0.1, 0.3, 0.5, 0.7, 0.9 })
        {
            var color = DoubtColors.At(place);
            Assert.Contains(below, pixel => Math.Abs(pixel.Item1 - color.B) + Math.Abs(pixel.Item2 - color.G) + Math.Abs(pixel.Item3 - color.R) < 12);
        }
        Assert.Contains(below, pixel => Math.Min(pixel.Item1, pixel.Item2) > 150);   // text
    }

    [Fact]
    public void Inside_the_picture_keeps_its_size_and_a_small_one_goes_without_a_scale()
    {
        var inside = new ConfidencePicture(LegendPlacement.Inside);
        foreach (var (width, height, fits) in new[] { (480, 360, true), (100, 60, false) })
        {
            using Mat with = inside.Draw(Rising(width, height)), without = new ConfidencePicture(LegendPlacement.None).Draw(Rising(width, height));
            Assert.Equal((width, height), (with.Cols, with.Rows));
            Assert.Equal(fits, !TestImages.Values(with).SequenceEqual(TestImages.Values(without)));
        }
    }

    [Fact]
    public void A_map_without_confidence_is_refused() =>
        Assert.Throws<ArgumentException>(() => new ConfidencePicture().Draw(TestImages.Street(10, 10)));

    /// <summary>From none on the left to sure on the right.</summary>
    private static LabelMap Rising(int width, int height)
    {
        float[] values = [.. Enumerable.Range(0, width * height).Select(index => index % width / Math.Max(1f, width - 1))];
        var labels = new byte[width * height];
        return new LabelMap(width, height, labels) { Confidence = new ConfidenceMap(labels, values) };
    }
}

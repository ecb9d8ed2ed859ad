using OpenCvSharp;
using Seg.Predict.Drawing;

namespace Seg.Predict.Tests.Drawing;

public class ContoursTests
{
    private static readonly OverlayOptions Plain = new() { Legend = LegendPlacement.None };

    /// <summary>Light beside the dark colours of road and car, dark beside that of the sky.</summary>
    private static readonly byte[] Edges = [255, 0, 255];

    [Fact]
    public void Both_sides_of_a_border_have_their_classes_colours_and_the_rest_is_the_image()
    {
        using var image = TestImages.Pattern(60, 40);
        var map = TestImages.Street(60, 40);
        using var drawn = new Contours(TestImages.Classes, Plain).Draw(image, map);
        for (var y = 0; y < 40; y++)
        {
            for (var x = 0; x < 60; x++)
            {
                var color = TestImages.Classes.Colors[map[x, y]];
                byte[] pixel = [.. TestImages.Row(drawn, y).Slice(3 * x, 3)], before = [.. TestImages.Row(image, y).Slice(3 * x, 3)];
                if (IsNearBorder(map, x, y, 1))
                    Assert.Equal([color.B, color.G, color.R], pixel);
                else if (!IsNearBorder(map, x, y, 2))
                    Assert.Equal(before, pixel);
                else
                    Assert.True(pixel.SequenceEqual(before) || pixel.SequenceEqual(before.Select(value => (byte)((value + Edges[map[x, y]]) / 2))));
            }
        }
    }

    [Fact]
    public void One_class_has_no_border_and_pixels_without_a_class_are_left_alone()
    {
        using var image = TestImages.Pattern(40, 30);
        using var single = new Contours(TestImages.Classes, Plain).Draw(image, new LabelMap(40, 30, new byte[1200]));
        Assert.Equal(TestImages.Values(image), TestImages.Values(single));

        LabelMap half = new(40, 30, [.. Enumerable.Range(0, 1200).Select(index => index % 40 < 20 ? (byte)255 : (byte)1)]);
        using var drawn = new Contours(TestImages.Classes, Plain).Draw(image, half);
        using Mat left = drawn[new Rect(0, 0, 20, 30)], leftBefore = image[new Rect(0, 0, 20, 30)];
        Assert.Equal(TestImages.Values(leftBefore), TestImages.Values(left));
        Assert.NotEqual(TestImages.Values(image), TestImages.Values(drawn));
    }

    [Fact]
    public void Lines_grow_with_the_picture()
    {
        using var image = new Mat(1500, 1500, MatType.CV_8UC3, Scalar.All(0));
        LabelMap halves = new(1500, 1500, [.. Enumerable.Range(0, 1500 * 1500).Select(index => index % 1500 < 750 ? (byte)0 : (byte)1)]);
        using var drawn = new Contours(TestImages.Classes, Plain).Draw(image, halves);
        var row = TestImages.Row(drawn, 700).ToArray();
        Assert.Equal([745, 746, 747, 748, 749], Enumerable.Range(0, 750).Where(x => row[3 * x] == 128 && row[3 * x + 1] == 64));
    }

    [Fact]
    public void A_legend_names_the_classes()
    {
        using var image = TestImages.Pattern(200, 150);
        using var drawn = new Contours(TestImages.Classes).Draw(image, TestImages.Street(200, 150));
        Assert.True(drawn.Rows > 150);
        Assert.Throws<ArgumentException>(() => new Contours(TestImages.Classes).Draw(image, TestImages.Street(200, 151)));
    }

    private static bool IsNearBorder(LabelMap map, int x, int y, int reach)
    {
        for (var dy = -reach; dy <= reach; dy++)
        {
            for (var dx = -reach; dx <= reach; dx++)
            {
                var (otherX, otherY) = (x + dx, y + dy);
                var isInside = otherX >= 0 && otherX < map.Width && otherY >= 0 && otherY < map.Height;
                if (isInside && (reach > 1 || dx == 0 || dy == 0) && map[otherX, otherY] != map[x, y])
                    return true;
            }
        }
        return false;
    }
}

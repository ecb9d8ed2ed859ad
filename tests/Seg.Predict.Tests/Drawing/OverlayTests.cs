using OpenCvSharp;
using Seg.Models;
using Seg.Predict.Drawing;

namespace Seg.Predict.Tests.Drawing;

public class OverlayTests
{
    private static readonly OverlayOptions Plain = new() { Outline = false, Legend = LegendPlacement.None };

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.3)]
    [InlineData(1.0)]
    public void Every_pixel_is_the_stated_mix_of_image_and_class_colour(double opacity)
    {
        using var image = TestImages.Pattern(53, 20);
        var map = TestImages.Street(53, 20);
        using var drawn = new Overlay(TestImages.Classes, Plain with { Opacity = opacity }).Draw(image, map);
        var weight = (int)Math.Round(256 * opacity);
        for (var y = 0; y < 20; y++)
        {
            for (var x = 0; x < 53; x++)
            {
                var color = TestImages.Classes.Colors[map[x, y]];
                byte[] parts = [color.B, color.G, color.R];
                for (var channel = 0; channel < 3; channel++)
                {
                    var expected = (TestImages.Row(image, y)[3 * x + channel] * (256 - weight) + parts[channel] * weight + 128) / 256;
                    Assert.Equal(expected, TestImages.Row(drawn, y)[3 * x + channel]);
                }
            }
        }
    }

    [Fact]
    public void Pixels_without_a_class_and_all_pixels_at_opacity_0_keep_the_image_exactly()
    {
        using var image = TestImages.Pattern(40, 30);
        var before = TestImages.Values(image);
        var unlabelled = new LabelMap(40, 30, [.. Enumerable.Range(0, 1200).Select(i => i % 2 == 0 ? (byte)255 : (byte)9)]);
        using var overUnlabelled = new Overlay(TestImages.Classes).Draw(image, unlabelled);
        using var transparent = new Overlay(TestImages.Classes, Plain with { Opacity = 0 }).Draw(image, TestImages.Street(40, 30));
        Assert.Equal(before, TestImages.Values(overUnlabelled));
        Assert.Equal(before, TestImages.Values(transparent));
        Assert.Equal(before, TestImages.Values(image));
    }

    [Fact]
    public void A_line_stands_where_classes_meet_and_nowhere_else()
    {
        using var image = TestImages.Pattern(60, 40);
        var map = TestImages.Street(60, 40);
        using var plain = new Overlay(TestImages.Classes, Plain).Draw(image, map);
        using var lined = new Overlay(TestImages.Classes, Plain with { Outline = true }).Draw(image, map);
        for (var y = 0; y < 40; y++)
        {
            for (var x = 0; x < 60; x++)
            {
                var isBorder = (x < 59 && map[x, y] != map[x + 1, y]) || (y < 39 && map[x, y] != map[x, y + 1]);
                Assert.Equal(!isBorder, TestImages.Row(plain, y).Slice(3 * x, 3).SequenceEqual(TestImages.Row(lined, y).Slice(3 * x, 3)));
            }
        }
    }

    [Fact]
    public void A_legend_below_leaves_the_picture_alone_and_shows_the_colours_that_occur()
    {
        using var image = TestImages.Pattern(320, 200);
        var map = TestImages.Street(320, 200);
        using var plain = new Overlay(TestImages.Classes, Plain).Draw(image, map);
        using var drawn = new Overlay(TestImages.Classes, Plain with { Legend = LegendPlacement.Below }).Draw(image, map);
        Assert.Equal(320, drawn.Cols);
        Assert.InRange(drawn.Rows, 210, 300);
        Assert.Equal(TestImages.Values(plain), TestImages.Values(drawn)[..(320 * 200 * 3)]);

        var skyAlone = new LabelMap(320, 200, [.. Enumerable.Repeat((byte)1, 320 * 200)]);
        using var drawnSky = new Overlay(TestImages.Classes).Draw(image, skyAlone);
        foreach (var color in TestImages.Classes.Colors)
            Assert.True(CountBelow(drawn, 200, color) > 40, $"{color} has no chip");
        Assert.True(CountBelow(drawnSky, 200, TestImages.Classes.Colors[1]) > 40);
        Assert.Equal(0, CountBelow(drawnSky, 200, TestImages.Classes.Colors[0]));
        Assert.True(CountBright(drawn, 200) > 60, "no text is to be seen");
    }

    [Fact]
    public void A_legend_inside_keeps_the_size_and_is_left_out_where_it_has_no_room()
    {
        var inside = new Overlay(TestImages.Classes, Plain with { Legend = LegendPlacement.Inside });
        var plain = new Overlay(TestImages.Classes, Plain);
        foreach (var (width, height, fits) in new[] { (480, 360, true), (40, 30, false) })
        {
            using var image = TestImages.Pattern(width, height);
            using var with = inside.Draw(image, TestImages.Street(width, height));
            using var without = plain.Draw(image, TestImages.Street(width, height));
            Assert.Equal(image.Size(), with.Size());
            Assert.Equal(fits, !TestImages.Values(with).SequenceEqual(TestImages.Values(without)));
        }
    }

    [Fact]
    public void The_image_stands_beside_its_overlay()
    {
        using var image = TestImages.Pattern(320, 200);
        var map = TestImages.Street(320, 200);
        using var beside = new Overlay(TestImages.Classes).DrawBeside(image, map);
        using var overlay = new Overlay(TestImages.Classes, new OverlayOptions { Legend = LegendPlacement.None }).Draw(image, map);
        using var left = beside[new Rect(0, 0, 320, 200)];
        using var right = beside[new Rect(beside.Cols - 320, 0, 320, 200)];
        Assert.Equal(TestImages.Values(image), TestImages.Values(left));
        Assert.Equal(TestImages.Values(overlay), TestImages.Values(right));
        Assert.True(beside.Rows > 200);
    }

    [Fact]
    public void A_picture_too_narrow_for_a_name_stands_above_a_legend_that_has_room()
    {
        using var image = TestImages.Pattern(20, 30);
        var map = TestImages.Street(20, 30);
        using var plain = new Overlay(TestImages.Classes, Plain).Draw(image, map);
        using var drawn = new Overlay(TestImages.Classes, Plain with { Legend = LegendPlacement.Below }).Draw(image, map);
        Assert.InRange(drawn.Cols, 80, 176);
        using var picture = drawn[new Rect(0, 0, 20, 30)];
        Assert.Equal(TestImages.Values(plain), TestImages.Values(picture));
        foreach (var color in TestImages.Classes.Colors)
            Assert.True(CountBelow(drawn, 30, color) > 40, $"{color} has no chip");
    }

    [Fact]
    public void Names_are_written_onto_the_regions_that_have_room_for_them()
    {
        using var image = TestImages.Pattern(320, 240);
        var map = TestImages.Street(320, 240);
        using var plain = new Overlay(TestImages.Classes, Plain).Draw(image, map);
        using var named = new Overlay(TestImages.Classes, Plain with { Labels = true }).Draw(image, map);
        Assert.Equal([0, 1, 2], Changed(plain, named).Select(at => map[at.X, at.Y]).Distinct().Order().Select(id => (int)id));
        // Whole names: no letter leaves its region.
        Assert.All(Changed(plain, named), at => Assert.False(at.X is 0 or 319 || at.Y is 0 or 239 or 119 or 120 or 179 or 180));

        using var small = TestImages.Pattern(30, 20);
        using Mat smallPlain = new Overlay(TestImages.Classes, Plain).Draw(small, TestImages.Street(30, 20)),
            smallNamed = new Overlay(TestImages.Classes, Plain with { Labels = true }).Draw(small, TestImages.Street(30, 20));
        Assert.Empty(Changed(smallPlain, smallNamed));
    }

    [Fact]
    public void The_same_prediction_is_drawn_the_same_every_time()
    {
        using var image = TestImages.Pattern(640, 360);
        var map = TestImages.Street(640, 360);
        var overlay = new Overlay(TestImages.Classes);
        var drawn = Enumerable.Range(0, 6).AsParallel().Select(_ =>
        {
            using var once = overlay.Draw(image, map);
            return TestImages.Values(once);
        }).ToList();
        Assert.All(drawn, values => Assert.Equal(drawn[0], values));
    }

    [Fact]
    public void Names_of_any_length_and_any_number_of_classes_fit_the_picture()
    {
        LabelSet many = new()
        {
            Names = [.. Enumerable.Range(0, 40).Select(id => new string('m', 1 + 3 * id))],
            Colors = [.. Enumerable.Range(0, 40).Select(id => new Rgb((byte)(6 * id), 200, 90))],
        };
        foreach (var (width, height) in new[] { (1, 1), (7, 300), (90, 60), (300, 9), (480, 360), (1500, 700) })
        {
            using var image = TestImages.Pattern(width, height);
            var map = new LabelMap(width, height, [.. Enumerable.Range(0, width * height).Select(i => (byte)(i % 40))]);
            foreach (var placement in Enum.GetValues<LegendPlacement>())
            {
                using var drawn = new Overlay(many, new OverlayOptions { Legend = placement }).Draw(image, map);
                // Below, a legend is never too narrow for a name; elsewhere the picture keeps its size.
                var isBelow = placement == LegendPlacement.Below;
                Assert.InRange(drawn.Cols, isBelow ? Math.Max(width, 80) : width, isBelow ? Math.Max(width, 176) : width);
                Assert.True(placement == LegendPlacement.Below ? drawn.Rows >= height : drawn.Rows == height);
                Assert.InRange(drawn.Rows, height, 2 * Math.Max(height, 70));
            }
        }
    }

    [Fact]
    public void A_map_of_another_size_and_an_impossible_opacity_are_refused()
    {
        using var image = TestImages.Pattern(10, 10);
        Assert.Throws<ArgumentException>(() => new Overlay(TestImages.Classes).Draw(image, TestImages.Street(10, 11)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Overlay(TestImages.Classes, new OverlayOptions { Opacity = 1.1 }));
    }

    private static List<Point> Changed(Mat first, Mat second)
    {
        List<Point> changed = [];
        for (var y = 0; y < first.Rows; y++)
        {
            for (var x = 0; x < first.Cols; x++)
            {
                if (!TestImages.Row(first, y).Slice(3 * x, 3).SequenceEqual(TestImages.Row(second, y).Slice(3 * x, 3)))
                    changed.Add(new Point(x, y));
            }
        }
        return changed;
    }

    private static int CountBelow(Mat image, int firstRow, Rgb color)
    {
        var count = 0;
        for (var y = firstRow; y < image.Rows; y++)
        {
            var row = TestImages.Row(image, y);
            for (var i = 0; i < row.Length; i += 3)
                count += row[i] == color.B && row[i + 1] == color.G && row[i + 2] == color.R ? 1 : 0;
        }
        return count;
    }

    /// <summary>Light gray or lighter: how light thin strokes come out differs from one version of the font renderer to the next.</summary>
    private static int CountBright(Mat image, int firstRow)
    {
        var count = 0;
        for (var y = firstRow; y < image.Rows; y++)
        {
            var row = TestImages.Row(image, y);
            for (var i = 0; i < row.Length; i += 3)
                count += Math.Min(row[i], Math.Min(row[i + 1], row[i + 2])) > 140 ? 1 : 0;
        }
        return count;
    }
}

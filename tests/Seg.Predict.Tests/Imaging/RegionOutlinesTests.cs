using FsCheck;
using FsCheck.Fluent;
using OpenCvSharp;
using Seg.Predict.Imaging;

namespace Seg.Predict.Tests.Imaging;

public class RegionOutlinesTests
{
    [Fact]
    public void A_rectangle_has_four_corners_clockwise_on_the_pixels_edges()
    {
        var region = Assert.Single(RegionOutlines.Of(Map("....", ".##.", ".##.", ".##."), 1));
        Assert.Equal([1, 1, 3, 1, 3, 4, 1, 4], Turned(region.Outline, 1, 1));
        Assert.Equal((new Rect(1, 1, 2, 3), 6), (region.Box, region.Pixels));
    }

    [Fact]
    public void A_hole_is_reached_by_a_cut_from_above_it()
    {
        var region = Assert.Single(RegionOutlines.Of(Map("###", "#.#", "###"), 1));
        // Around, with a stop above the hole: down to it, around it the other way, and up again.
        Assert.Equal([0, 0, 1, 0, 1, 2, 2, 2, 2, 1, 1, 1, 1, 0, 3, 0, 3, 3, 0, 3], Turned(region.Outline, 0, 0));
        Assert.Equal(8, region.Pixels);
    }

    [Fact]
    public void Pixels_that_touch_at_a_corner_are_regions_apart()
    {
        var regions = RegionOutlines.Of(Map("#..", ".#.", "..#"), 1);
        Assert.Equal(3, regions.Count);
        Assert.All(regions, region => Assert.Equal(8, region.Outline.Length));
        Assert.Equal([0, 1, 2], regions.Select(region => region.Box.X));
    }

    [Theory]
    [InlineData("#####", "#.#.#", "##.##", "#...#", "#####")]   // holes that touch at corners
    [InlineData("######", "#....#", "#.##.#", "#.#..#", "#....#", "######")]
    [InlineData("#######", "#.#.#.#", "###.###", "#.....#", "#.###.#", "#######")]
    [InlineData("#")]
    [InlineData("#.#", ".#.", "#.#")]
    public void A_line_that_is_filled_again_gives_the_pixels(params string[] rows) => AssertFilledAgain(Map(rows), 2);

    [Fact]
    public void The_lines_of_any_map_give_its_pixels() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var (width, height, classes) = (random.Next(1, 24), random.Next(1, 24), random.Next(1, 4));
            var map = new LabelMap(width, height, [.. Enumerable.Range(0, width * height).Select(_ => (byte)random.Next(classes))]);
            AssertFilledAgain(map, classes);
        }).QuickCheckThrowOnFailure();

    private static void AssertFilledAgain(LabelMap map, int classes)
    {
        for (byte id = 0; id < classes; id++)
        {
            var filled = new int[map.Labels.Length];
            foreach (var region in RegionOutlines.Of(map, id))
            {
                var pixels = Fill(region.Outline, map.Width, map.Height);
                Assert.Equal(region.Pixels, pixels.Count);
                Assert.Equal((region.Box.X, region.Box.Right - 1), (pixels.Min(index => index % map.Width), pixels.Max(index => index % map.Width)));
                pixels.ForEach(index => filled[index]++);
            }
            Assert.Equal(map.Labels.Select(label => label == id ? 1 : 0), filled);
        }
    }

    /// <summary>The pixels whose centres the line goes around, by the even-odd rule.</summary>
    private static List<int> Fill(int[] outline, int width, int height)
    {
        List<int> pixels = [];
        for (var index = 0; index < width * height; index++)
        {
            var (x, y, inside) = (index % width + 0.5, index / width + 0.5, false);
            for (var corner = 0; corner < outline.Length; corner += 2)
            {
                var next = (corner + 2) % outline.Length;
                if (outline[corner + 1] <= y != outline[next + 1] <= y && outline[corner] > x)
                    inside = !inside;
            }
            if (inside)
                pixels.Add(index);
        }
        return pixels;
    }

    /// <summary>The line from one of its corners on.</summary>
    private static int[] Turned(int[] outline, int x, int y)
    {
        var start = Enumerable.Range(0, outline.Length / 2).First(corner => (outline[2 * corner], outline[2 * corner + 1]) == (x, y));
        return [.. outline[(2 * start)..], .. outline[..(2 * start)]];
    }

    private static LabelMap Map(params string[] rows) =>
        new(rows[0].Length, rows.Length, [.. rows.SelectMany(row => row.Select(letter => letter == '#' ? (byte)1 : (byte)0))]);
}

using OpenCvSharp;
using Seg.Predict.Imaging;
using Seg.Train.Charts;

namespace Seg.Train.Tests.Charts;

public sealed class CurvesTests : IDisposable
{
    private static readonly Vec3b Blue = new(178, 114, 0), Orange = new(0, 94, 213);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_rising_line_goes_from_the_lower_left_to_the_upper_right()
    {
        Curves.Write(folder.At("c.png"), "IoU", "epoch", "IoU", [new("val", [(0, 0), (10, 1)])]);
        using var image = ImageFile.ReadColor(folder.At("c.png"));
        Assert.Equal((960, 540), (image.Cols, image.Rows));
        // Below the legend and left of the last value there is only the line in this colour.
        var line = Places(image, Blue).Where(p => p.Y > 84 && p.X is > 80 and < 881).ToArray();
        Assert.True(line.Length > 500);
        Assert.True(line.MinBy(p => p.X).Y > 460 && line.MaxBy(p => p.X).Y < 100);
        Assert.InRange(line.Where(p => p.X is > 478 and < 484).Average(p => p.Y), 275, 287);      // half the way, half the height
    }

    [Fact]
    public void Each_series_has_a_color_of_its_own_and_a_gap_where_it_is_no_number()
    {
        Curves.Write(folder.At("c.png"), "t", "x", "y",
            [new("flat", [(0, 1), (10, 1)]), new("broken", [(0, 2), (4, 2), (5, double.NaN), (6, 2), (10, 2)])]);
        using var image = ImageFile.ReadColor(folder.At("c.png"));
        var columns = Places(image, Orange).Where(p => p.Y > 74 && p.X is > 90 and < 870).Select(p => p.X).ToHashSet();
        Assert.Contains(200, columns);
        Assert.Contains(800, columns);
        Assert.DoesNotContain(482, columns);                // x = 5
        Assert.NotEmpty(Places(image, Blue));
    }

    [Fact]
    public void Charts_without_points_or_with_one_value_are_drawn()
    {
        Curves.Write(folder.At("none.png"), "t", "x", "y", []);
        Curves.Write(folder.At("nan.png"), "t", "x", "y", [new("a", [(1, double.NaN)])]);
        Curves.Write(folder.At("one.png"), "t", "x", "y", [new("a", [(3, 0.25)])]);
        using var one = ImageFile.ReadColor(folder.At("one.png"));
        Assert.Contains(Places(one, Blue), p => p.X is > 470 and < 495 && p.Y > 84);
    }

    [Fact]
    public void Several_charts_stand_one_below_the_other()
    {
        LineChart chart = new("t", "x", "y", [new("a", [(0, 0), (1, 1)])]);
        Curves.Write(folder.At("c.png"), [chart, chart with { Series = [] }]);
        using var image = ImageFile.ReadColor(folder.At("c.png"));
        Assert.Equal(1080, image.Rows);
        Assert.True(Places(image, Blue).Max(p => p.Y) < 540);
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_named_and_leaves_nothing()
    {
        var error = Assert.Throws<IOException>(() => Curves.Write(folder.At("missing", "c.png"), "t", "x", "y", []));
        Assert.Contains("c.png", error.Message);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_confusion_matrix_is_blue_on_its_diagonal_and_red_beside_it()
    {
        ConfusionMatrixChart.Write(folder.At("m.png"), "t", ["road", "sky"], new long[,] { { 9, 1 }, { 0, 0 } });
        using var image = ImageFile.ReadColor(folder.At("m.png"));
        // cells of 46 pixels from (174, 174); corners are free of text
        Vec3b Cell(int row, int column) => image.At<Vec3b>(174 + 46 * row + 4, 174 + 46 * column + 4);
        Assert.True(Cell(0, 0).Item0 > Cell(0, 0).Item2 + 80);
        Assert.True(Cell(0, 1).Item2 > Cell(0, 1).Item0 + 40);
        Assert.Equal(new Vec3b(240, 240, 240), Cell(1, 1));
        Assert.Throws<ArgumentException>(() => ConfusionMatrixChart.Write(folder.At("m.png"), "t", ["road"], new long[2, 2]));
    }

    private static IEnumerable<(int X, int Y)> Places(Mat image, Vec3b color) =>
        from y in Enumerable.Range(0, image.Rows)
        from x in Enumerable.Range(0, image.Cols)
        where image.At<Vec3b>(y, x) == color
        select (x, y);
}

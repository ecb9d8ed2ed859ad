using Seg.Predict.Views;

namespace Seg.Predict.Tests.Views;

public class WindowAxisTests
{
    [Theory]
    [InlineData(100, 40, 0.25, new[] { 0, 30, 60 })]
    [InlineData(101, 40, 0.25, new[] { 0, 30, 60, 61 })]        // the rest of one pixel gets a window that ends with the image
    [InlineData(100, 50, 0, new[] { 0, 50 })]
    [InlineData(101, 50, 0, new[] { 0, 50, 51 })]
    [InlineData(100, 40, 0.5, new[] { 0, 20, 40, 60 })]
    [InlineData(40, 40, 0.25, new[] { 0 })]
    [InlineData(39, 40, 0.25, new[] { 0 })]
    [InlineData(1, 40, 0.9, new[] { 0 })]
    [InlineData(42, 40, 0.999, new[] { 0, 1, 2 })]              // a step is one pixel at least
    public void Windows_begin_at_even_steps_and_the_last_ends_with_the_image(int length, int window, double overlap, int[] starts)
    {
        var axis = Axis(length, length, window, overlap, WindowBlend.Smooth);
        Assert.Equal(starts, axis.Starts);
        Assert.Equal(Math.Min(window, length), axis.Length);
    }

    [Theory]
    [InlineData(97, 97, 40, 0.25)]
    [InlineData(97, 97, 40, 0)]
    [InlineData(97, 97, 32, 0.6)]
    [InlineData(97, 150, 40, 0.25)]
    [InlineData(97, 55, 40, 0)]
    [InlineData(20, 20, 40, 0.25)]
    public void Each_pixel_is_covered_and_its_weights_add_up_to_one(int length, int view, int window, double overlap)
    {
        foreach (var blend in Enum.GetValues<WindowBlend>())
        {
            foreach (var alignCorners in new[] { false, true })
            {
                var axis = new WindowAxis(length, view, window, new ViewOptions { Overlap = overlap, Blend = blend }, alignCorners);
                for (var pixel = 0; pixel < length; pixel++)
                {
                    var parts = axis.At(pixel);
                    Assert.Equal(1, parts.Sum(part => part.Weight), 1e-12);
                    Assert.All(parts, part => Assert.InRange(part.Position, 0, axis.Length - 1));
                    Assert.All(parts, part => Assert.True(part.Weight > 0));
                }
                Assert.Equal(Enumerable.Range(0, axis.Starts.Count), Enumerable.Range(0, length).SelectMany(axis.At).Select(part => part.Window).Distinct());
            }
        }
    }

    [Fact]
    public void Smooth_windows_fade_into_each_other_and_uniform_ones_count_the_same()
    {
        var smooth = Axis(70, 70, 40, 0.25, WindowBlend.Smooth);
        var first = Enumerable.Range(30, 10).Select(pixel => smooth.At(pixel)[0].Weight).ToArray();
        Assert.Equal(first.OrderDescending(), first);
        Assert.True(first[0] > 0.98 && first[^1] < 0.02);
        Assert.Equal(0.5, (first[4] + first[5]) / 2, 1e-9);
        for (var x = 0; x < 10; x++)
            Assert.Equal(1, first[x] + first[9 - x], 1e-9);
        Assert.Equal([1.0], smooth.At(29).Select(part => part.Weight));

        var uniform = Axis(70, 70, 40, 0.25, WindowBlend.Uniform);
        Assert.Equal([0.5, 0.5], uniform.At(31).Select(part => part.Weight));
    }

    [Fact]
    public void Positions_in_a_view_of_another_size_follow_bilinear_interpolation()
    {
        var twice = Axis(10, 20, 20, 0.25, WindowBlend.Smooth);
        Assert.Equal([0.5, 2.5, 18.5], new[] { 0, 1, 9 }.Select(pixel => twice.At(pixel)[0].Position));
        var aligned = new WindowAxis(10, 19, 19, new ViewOptions(), alignCorners: true);
        Assert.Equal([0.0, 2, 18], new[] { 0, 1, 9 }.Select(pixel => aligned.At(pixel)[0].Position));
    }

    private static WindowAxis Axis(int length, int view, int window, double overlap, WindowBlend blend) =>
        new(length, view, window, new ViewOptions { Overlap = overlap, Blend = blend }, alignCorners: false);
}

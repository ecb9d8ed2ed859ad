using TorchSharp.Modules;
using static TorchSharp.Tests.NNTestSupport;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Tests;

public class NNSamplingTests
{
    /// <summary>Linear interpolation of a row, as PyTorch defines it.</summary>
    private static double[] Stretched(double[] row, int width, bool alignCorners) =>
    [
        .. Enumerable.Range(0, width).Select(i =>
        {
            double place = alignCorners
                ? (double)i * (row.Length - 1) / (width - 1)
                : Math.Max(0, (i + 0.5) * row.Length / width - 0.5);
            int left = (int)place, right = Math.Min(left + 1, row.Length - 1);
            return row[left] + (place - left) * (row[right] - row[left]);
        }),
    ];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Bilinear_interpolation_is_linear_in_both_directions(bool alignCorners)
    {
        double[] row = [1, 4, 2];
        using var line = Values([1, 1, 3], row);
        Close(
            Stretched(row, 7, alignCorners),
            functional.interpolate(line, [7], mode: InterpolationMode.Linear, align_corners: alignCorners));
        using var column = line.view(1, 1, 3, 1);
        using var output = functional.interpolate(column, [7, 2], mode: InterpolationMode.Bilinear, align_corners: alignCorners);
        Close([.. Stretched(row, 7, alignCorners).SelectMany(value => new[] { value, value })], output);
        using var module = Upsample(scale_factor: [2], mode: UpsampleMode.Bilinear, align_corners: alignCorners);
        using var doubled = module.call(column);
        Assert.Equal([1, 1, 6, 2], doubled.shape);
        Close([.. Stretched(row, 6, alignCorners).SelectMany(value => new[] { value, value })], doubled);
    }

    [Fact]
    public void Other_modes_repeat_or_average()
    {
        using var line = Values([1, 1, 4], 1, 2, 3, 4);
        Close([1, 1, 2, 2, 3, 3, 4, 4], functional.interpolate(line, scale_factor: [2.0]));
        Close([1, 3], functional.interpolate(line, [2]));
        Close([2, 4], functional.interpolate(line, [2], mode: InterpolationMode.NearestExact));
        Close([1.5, 3.5], functional.interpolate(line, scale_factor: [0.5], mode: InterpolationMode.Area));
        using var constant = ones(1, 1, 3, 3, dtype: float64);
        Close([.. Enumerable.Repeat(1.0, 25)], functional.interpolate(constant, [5, 5], mode: InterpolationMode.Bicubic));
        Close([.. Enumerable.Repeat(1.0, 4)], functional.interpolate(constant, [2, 2], mode: InterpolationMode.Bilinear, antialias: true));
    }

    [Fact]
    public void A_scale_is_used_as_given_unless_it_is_to_be_recomputed()
    {
        // 1.6 · 4 = 6.4 gives 6 elements: the samples lie 1 / 1.6 or 4 / 6 apart.
        using var line = Values([1, 1, 4], 0, 1, 2, 3);
        double[] Expected(double step) => [.. Enumerable.Range(0, 6).Select(i => Math.Clamp((i + 0.5) * step - 0.5, 0, 3))];
        Close(Expected(1 / 1.6), functional.interpolate(line, scale_factor: [1.6], mode: InterpolationMode.Linear));
        Close(
            Expected(4.0 / 6),
            functional.interpolate(line, scale_factor: [1.6], mode: InterpolationMode.Linear, recompute_scale_factor: true));
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        using var line = zeros(1, 1, 4);
        Assert.Throws<ArgumentException>(() => functional.interpolate(line));
        Assert.Throws<ArgumentException>(() => functional.interpolate(line, [2], [2.0]));
        Assert.Throws<ArgumentException>(() => functional.interpolate(line, [2, 2]));
        Assert.Throws<ArgumentException>(() => functional.interpolate(line, [2], mode: InterpolationMode.Bilinear));
        Assert.Throws<ArgumentException>(() => functional.interpolate(line, [2], align_corners: true));
    }

    [Fact]
    public void The_grid_of_the_identity_gives_the_input_back()
    {
        using var input = Ramp(1, 2, 3, 4);
        using var identity = Values([1, 2, 3], 1, 0, 0, 0, 1, 0);
        using var grid = functional.affine_grid(identity, [1, 2, 3, 4], align_corners: true);
        Close(Read(input), functional.grid_sample(input, grid, align_corners: true));
        using var halved = functional.affine_grid(identity, [1, 2, 3, 4]);
        Close(Read(input), functional.grid_sample(input, halved));
    }

    [Fact]
    public void A_grid_samples_between_and_outside()
    {
        using var input = Values([1, 1, 1, 2], 1, 3);
        using var grid = Values([1, 1, 3, 2], 0, 0, 1, 0, 5, 0); // halfway, last, outside
        Close([2, 3, 0], functional.grid_sample(input, grid, align_corners: true));
        Close([2, 3, 3], functional.grid_sample(input, grid, padding_mode: GridSamplePaddingMode.Border, align_corners: true));
        // 5 lies at 3 of 0 … 1; mirrored at 1 and at 0 that is 1 again.
        Close([2, 3, 3], functional.grid_sample(input, grid, padding_mode: GridSamplePaddingMode.Reflection, align_corners: true));
        using var near = Values([1, 1, 1, 2], 0.4, 0);
        Close([3], functional.grid_sample(input, near, GridSampleMode.Nearest, align_corners: true));
    }

    [Fact]
    public void Fold_adds_up_what_unfold_takes_apart()
    {
        using var input = Values([1, 1, 2, 3], 1, 2, 3, 4, 5, 6);
        using var columns = functional.unfold(input, 2);
        Assert.Equal([1, 4, 2], columns.shape);
        Close([1, 2, 2, 3, 4, 5, 5, 6], columns);
        Close([1, 4, 3, 4, 10, 6], functional.fold(columns, (2, 3), (2, 2)));
        using var wide = functional.unfold(input, (1, 3), padding: (0, 1));
        Assert.Equal([1, 3, 6], wide.shape);
    }

    [Fact]
    public void Borders_are_of_a_value_or_mirrored_or_repeated()
    {
        using var line = Values([1, 1, 3], 1, 2, 3);
        Close([9, 1, 2, 3, 9, 9], functional.pad(line, (1, 2), value: 9));
        Close([2, 1, 2, 3, 2], functional.pad(line, [1L, 1L], PaddingModes.Reflect));
        Close([1, 1, 2, 3, 3], functional.pad(line, (1, 1), PaddingModes.Replicate));
        Close([3, 1, 2, 3, 1], functional.pad(line, (1, 1), PaddingModes.Circular));
        Close([2], functional.pad(line, (-1, -1)));
        using var all = functional.pad(Values([1, 1], 5), 1);
        Close([0, 0, 0, 0, 5, 0, 0, 0, 0], all);
    }

    [Fact]
    public void Pixel_shuffle_moves_channels_into_space()
    {
        using var input = Values([1, 4, 1, 1], 1, 2, 3, 4);
        using var output = functional.pixel_shuffle(input, 2);
        Assert.Equal([1, 1, 2, 2], output.shape);
        Close([1, 2, 3, 4], output);
    }
}

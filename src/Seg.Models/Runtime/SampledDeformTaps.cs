using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Runtime;

/// <summary><see cref="ITorchRuntime.DeformTaps"/> of plain operators: libtorch's <c>grid_sample</c> at nine maps of places. Runs on any device.</summary>
public static class SampledDeformTaps
{
    private const int Extent = 3, Taps = Extent * Extent;

    /// <summary>As <see cref="ITorchRuntime.DeformTaps"/>, which says what the arguments are.</summary>
    public static Tensor Compute(Tensor x, Tensor offsets, int dilation)
    {
        using var scope = NewDisposeScope();
        var (samples, channels, height, width) = (x.shape[0], x.shape[1], x.shape[2], x.shape[3]);
        var sampled = functional.grid_sample(
            x.to_type(ScalarType.Float32), Places(offsets.to_type(ScalarType.Float32), dilation), GridSampleMode.Bilinear, GridSamplePaddingMode.Zeros,
            align_corners: false);                                              // (N, C, 9 · H, W)
        return sampled.to_type(x.dtype).reshape(samples, channels, Taps, height, width).transpose(1, 2)
            .reshape(samples, Taps * channels, height, width).MoveToOuterDisposeScope();
    }

    /// <summary>Where each tap looks, as grid_sample wants it: (N, 9 · H, W, 2), x and y from -1, the map's left or upper edge, to 1.</summary>
    private static Tensor Places(Tensor offsets, int dilation)
    {
        var (samples, height, width) = (offsets.shape[0], offsets.shape[2], offsets.shape[3]);
        var device = offsets.device;
        var steps = (arange(Extent, ScalarType.Float32, device) - 1) * dilation;                                  // -d, 0, d
        var rows = arange(height, ScalarType.Float32, device).view(1, height, 1) + steps.repeat_interleave(Extent).view(Taps, 1, 1);
        var columns = arange(width, ScalarType.Float32, device).view(1, 1, width) + steps.repeat(Extent).view(Taps, 1, 1);
        var moves = offsets.reshape(samples, Taps, 2, height, width);
        var y = (moves.select(2, 0) + rows) * (2.0 / height) + (1.0 / height - 1);                                // (N, 9, H, W)
        var x = (moves.select(2, 1) + columns) * (2.0 / width) + (1.0 / width - 1);
        return stack([x, y], -1).reshape(samples, Taps * height, width, 2);
    }
}

using System.Runtime.InteropServices;
using Seg.Models.Runtime;
using static TorchSharp.torch;

namespace Seg.Models.Tests.Runtime;

/// <summary>The operator beside the same of plain operators; places lie up to three positions beyond the map.</summary>
public class DeformTapsTests
{
    [Theory]
    [InlineData(1, 1, 1, 1, 1)]
    [InlineData(2, 8, 7, 5, 1)]
    [InlineData(3, 17, 19, 23, 2)]
    public void Reads_what_sampling_reads_and_has_its_gradients(int samples, int channels, int height, int width, int dilation)
    {
        random.manual_seed(samples);
        using var scope = NewDisposeScope();
        var x = randn([samples, channels, height, width]);
        var offsets = randn([samples, 18, height, width]) * 2;
        var slope = randn([samples, 9 * channels, height, width]);

        var expected = Results(SampledDeformTaps.Compute);
        var actual = Results(TorchRuntime.Current.DeformTaps);

        foreach (var (one, other) in expected.Zip(actual))
            TensorAssert.Close(one, other, 1e-5 * (1 + one.abs().max().item<float>()));

        Tensor[] Results(Func<Tensor, Tensor, int, Tensor> read)
        {
            var (map, moves) = (x.clone().requires_grad_(), offsets.clone().requires_grad_());
            var taps = read(map, moves, dilation);
            (taps * slope).sum().backward();
            return [taps.detach(), map.grad!, moves.grad!];
        }
    }

    [Fact]
    public void A_map_in_bfloat16_is_read_in_float32()
    {
        random.manual_seed(4);
        using var scope = NewDisposeScope();
        var x = randn([2, 5, 9, 11]).to_type(ScalarType.BFloat16);
        var offsets = randn([2, 18, 9, 11]);

        var taps = TorchRuntime.Current.DeformTaps(x, offsets, 1);

        Assert.Equal(ScalarType.BFloat16, taps.dtype);
        var expected = SampledDeformTaps.Compute(x.to_type(ScalarType.Float32), offsets, 1);
        // Half a unit in the last place of bfloat16.
        TensorAssert.Close(expected, taps.to_type(ScalarType.Float32), expected.abs().max().item<float>() / 256);
    }

    [Fact]
    public void What_lies_beside_a_place_but_not_at_it_is_not_read()
    {
        using var scope = NewDisposeScope();
        var x = full([1, 1, 1, 3], float.NaN);
        x[0, 0, 0, 0] = 1;
        var taps = TorchRuntime.Current.DeformTaps(x, full([1, 18, 1, 3], -1.5f), 1);
        // The middle tap of the first position lies one and a half above and left of it: nothing.
        Assert.Equal(0, taps[0, 4, 0, 0].item<float>());
    }

    [Fact]
    public void Offsets_of_another_size_are_named()
    {
        using var scope = NewDisposeScope();
        var error = Assert.ThrowsAny<ExternalException>(() => TorchRuntime.Current.DeformTaps(zeros([1, 2, 4, 4]), zeros([1, 18, 4, 5]), 1));
        Assert.Contains("offsets must be float32 of shape (1, 18, 4, 4)", error.Message, StringComparison.Ordinal);
    }
}

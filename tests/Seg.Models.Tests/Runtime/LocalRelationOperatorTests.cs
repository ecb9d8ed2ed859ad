using Seg.Models.Configuration;
using Seg.Models.Runtime;
using static TorchSharp.torch;

namespace Seg.Models.Tests.Runtime;

/// <summary>The runtime's local relation (over the system bindings a native operator) against its plain, unfolded form.</summary>
public class LocalRelationOperatorTests
{
    // Samples, groups, sharing, height, width; kernel, stride, padding.
    public static TheoryData<int[], int[]> Layers => new()
    {
        { [2, 3, 2, 9, 8], [3, 1, 1] },
        { [1, 2, 8, 13, 37], [7, 1, 3] },
        { [2, 1, 5, 11, 6], [5, 1, 0] },
        { [1, 5, 3, 15, 18], [7, 2, 0] },
        { [2, 4, 11, 7, 7], [3, 2, 1] },
        { [1, 2, 1, 12, 14], [5, 3, 4] },
        { [1, 3, 2, 11, 10], [2, 3, 0] },
        { [1, 2, 3, 6, 5], [4, 1, 2] },
        { [3, 2, 2, 1, 1], [1, 1, 0] },
        { [1, 40, 1, 3, 4], [3, 1, 1] },
    };

    [Theory]
    [MemberData(nameof(Layers))]
    public void Agrees_with_its_plain_form_in_output_and_gradients(int[] map, int[] window)
    {
        random.manual_seed(11);
        foreach (var composition in Enum.GetValues<RelationComposition>())
        {
            Agree(map, window, composition, ScalarType.Float32, channelsLast: false, 2e-5);
            Agree(map, window, composition, ScalarType.Float32, channelsLast: true, 2e-5);
            Agree(map, window, composition, ScalarType.Float64, channelsLast: true, 1e-12);
        }
    }

    [Fact]
    public void Agrees_on_a_map_that_is_cut_into_tiles_of_columns()
    {
        random.manual_seed(12);
        Agree([1, 3, 2, 5, 1100], [7, 1, 3], RelationComposition.Product, ScalarType.Float32, channelsLast: false, 5e-5);
        Agree([1, 3, 2, 5, 1100], [3, 2, 1], RelationComposition.Product, ScalarType.Float32, channelsLast: true, 5e-5);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void BFloat16_maps_are_computed_with_in_float32(bool channelsLast)
    {
        random.manual_seed(13);
        // Both forms round the same float32 result, so they differ by a unit in the last place where it lies between two.
        Agree([2, 3, 4, 10, 19], [7, 1, 3], RelationComposition.Product, ScalarType.BFloat16, channelsLast, 0.008, relative: true);
        Agree([2, 3, 4, 10, 19], [3, 2, 1], RelationComposition.SquaredDifference, ScalarType.BFloat16, channelsLast, 0.008, relative: true);
    }

    [Theory]
    [InlineData(RelationComposition.Product)]
    [InlineData(RelationComposition.SquaredDifference)]
    [InlineData(RelationComposition.AbsoluteDifference)]
    public void Its_gradients_are_its_finite_differences(RelationComposition composition)
    {
        random.manual_seed(14);
        using var scope = NewDisposeScope();
        Tensor[] inputs = Inputs([1, 2, 3, 5, 6], kernel: 3, ScalarType.Float64, channelsLast: false);
        var slope = randn([1, 6, 3, 3], ScalarType.Float64);
        Loss().backward();
        using var withoutGradient = no_grad();
        const double Step = 1e-6;
        foreach (var input in inputs)
        {
            var flat = input.view(-1);
            for (var i = 0L; i < flat.numel(); i += 3)
            {
                using var each = NewDisposeScope();
                var original = flat[i].item<double>();
                flat[i] = original + Step;
                var above = Loss().item<double>();
                flat[i] = original - Step;
                var below = Loss().item<double>();
                flat[i] = original;
                Assert.Equal((above - below) / (2 * Step), input.grad!.view(-1)[i].item<double>(), 1e-7);
            }
        }

        Tensor Loss() => (TorchRuntime.Current.LocalRelation(inputs[0], inputs[1], inputs[2], inputs[3], 3, 2, 1, composition) * slope).sum();
    }

    [Fact]
    public void Weights_of_large_logits_do_not_overflow()
    {
        using var scope = NewDisposeScope();
        var value = arange(9, dtype: ScalarType.Float32).view(1, 1, 3, 3);
        var key = value * 300;
        var query = ones([1, 1, 3, 3]) * 300;
        // The largest key wins each window.
        var expected = tensor(new float[] { 4, 5, 5, 7, 8, 8, 7, 8, 8 }).view(1, 1, 3, 3);
        TensorAssert.Close(expected, TorchRuntime.Current.LocalRelation(value, key, query, null, 3, 1, 1, RelationComposition.Product), 0);
    }

    [Fact]
    public void What_is_not_a_number_stays_visible()
    {
        using var scope = NewDisposeScope();
        var map = ones([1, 1, 3, 40]);
        var key = ones([1, 1, 3, 40]);
        key[0, 0, 1, 20] = float.NaN;
        var result = TorchRuntime.Current.LocalRelation(map, key, map, null, 3, 1, 1, RelationComposition.Product);
        Assert.Equal(9, isnan(result).sum().item<long>());
    }

    private static void Agree(
        int[] map, int[] window, RelationComposition composition, ScalarType type, bool channelsLast, double tolerance, bool relative = false)
    {
        using var scope = NewDisposeScope();
        var (kernel, stride, padding) = (window[0], window[1], window[2]);
        var inputs = Inputs(map, kernel, type, channelsLast);
        var same = inputs.Select(input => input.detach().clone().requires_grad_()).ToArray();

        var native = TorchRuntime.Current.LocalRelation(inputs[0], inputs[1], inputs[2], inputs[3], kernel, stride, padding, composition);
        var plain = UnfoldedLocalRelation.Compute(same[0], same[1], same[2], same[3], kernel, stride, padding, composition);
        var slope = randn(plain.shape).to_type(type);
        (native * slope).sum().backward();
        (plain * slope).sum().backward();

        Assert.Equal(type, native.dtype);
        Close(plain.detach(), native.detach(), "The output");
        string[] names = ["value", "key", "query", "prior"];
        for (var i = 0; i < inputs.Length; i++)
            Close(same[i].grad!, inputs[i].grad!, $"The gradient of the {names[i]}");

        void Close(Tensor expected, Tensor actual, string what)
        {
            var scale = relative ? expected.abs().max().to_type(ScalarType.Float32).item<float>() : 1;
            TensorAssert.Close(expected, actual, tolerance * scale, $"{what} ({composition}, {type}, {(channelsLast ? "channels last" : "channels first")})");
        }
    }

    /// <summary>Value, key, query and prior, random leaves.</summary>
    private static Tensor[] Inputs(int[] map, int kernel, ScalarType type, bool channelsLast)
    {
        var (samples, groups, sharing, height, width) = (map[0], map[1], map[2], map[3], map[4]);
        return
        [
            Leaf(randn([samples, groups * sharing, height, width])),
            Leaf(randn([samples, groups, height, width])),
            Leaf(randn([samples, groups, height, width])),
            randn([groups, kernel, kernel]).to_type(type).requires_grad_(),
        ];

        Tensor Leaf(Tensor x)
        {
            var typed = x.to_type(type);
            return (channelsLast ? TorchRuntime.Current.ChannelsLast(typed) : typed).detach().requires_grad_();
        }
    }
}

using Seg.Models.Blocks;
using Seg.Models.Runtime;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Tests.Blocks;

public class ConcatConvTests
{
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Is_the_convolution_of_the_concatenated_maps(bool alignCorners, bool bias)
    {
        random.manual_seed(1);
        using var scope = NewDisposeScope();
        using var conv = new ConcatConv([3, 5, 2], outChannels: 7, bias, alignCorners);
        Tensor[] maps = [randn([2, 3, 12, 9]), randn([2, 5, 6, 5]), randn([2, 2, 3, 3])];
        foreach (var map in maps)
            map.requires_grad_();
        var slope = randn([2, 7, 12, 9]);

        (conv.call(maps) * slope).sum().backward();
        Tensor[] gradients = [.. maps.Select(map => map.grad!.clone()), .. conv.parameters().Select(parameter => parameter.grad!.clone())];
        foreach (var tensor in maps.Concat(conv.parameters()))
            tensor.grad!.zero_();

        var concatenated = cat([.. maps.Select(map => functional.interpolate(
            map, size: [12, 9], mode: InterpolationMode.Bilinear, align_corners: alignCorners))], 1);
        var expected = functional.conv2d(concatenated, conv.Weight, bias ? conv.get_parameter("bias") : null);
        (expected * slope).sum().backward();
        Tensor[] expectedGradients = [.. maps.Select(map => map.grad!), .. conv.parameters().Select(parameter => parameter.grad!)];

        TensorAssert.Close(expected.detach(), conv.call(maps).detach(), 1e-5, "The output");
        for (var i = 0; i < gradients.Length; i++)
            TensorAssert.Close(expectedGradients[i], gradients[i], 1e-4, $"Gradient {i}");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_norm_is_folded_with_one_rounding(bool bias)
    {
        random.manual_seed(2);
        using var scope = NewDisposeScope();
        using var conv = new ConcatConv([3, 5, 2], outChannels: 7, bias, alignCorners: false);
        using var norm = BatchNorm2d(7);
        using var withoutGradient = no_grad();
        norm.weight.uniform_(0.5, 2);
        norm.bias!.uniform_(-1, 1);
        norm.running_mean!.uniform_(-1, 1);
        norm.running_var!.uniform_(0.1, 3);
        Tensor weight = Exact(conv.Weight), start = bias ? Exact(conv.get_parameter("bias")!) : zeros(7, dtype: ScalarType.Float64);
        var scale = Exact(norm.weight) / (Exact(norm.running_var!) + ITorchRuntime.NormEpsilon).sqrt();
        conv.Fold(norm);

        TensorAssert.Same((weight * scale.view(7, 1, 1, 1)).to_type(ScalarType.Float32), conv.Weight, "The weight");
        var offset = Exact(norm.bias!) - Exact(norm.running_mean!) * scale;
        TensorAssert.Same((offset + start * scale).to_type(ScalarType.Float32), conv.get_parameter("bias")!, "The bias");

        static Tensor Exact(Tensor values) => values.detach().to_type(ScalarType.Float64);
    }
}

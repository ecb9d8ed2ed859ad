using Seg.Models.Blocks;
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
}

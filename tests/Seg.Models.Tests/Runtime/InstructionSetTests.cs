using Seg.Models.Configuration;
using Seg.Models.Networks;
using Seg.Models.Runtime;
using TorchSharp.Interop;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Tests.Runtime;

/// <summary>Plans are the same by every instruction set that this processor has.</summary>
public class InstructionSetTests
{
    [Theory]
    [MemberData(nameof(CompiledNetworkTests.Convolutions), MemberType = typeof(CompiledNetworkTests))]
    public void A_convolution_of_any_shape_is_what_libtorch_says(int[] shape)
    {
        using var withoutGradient = no_grad();
        using var scope = NewDisposeScope();
        var (image, weight, bias) = (randn(1, shape[0], shape[2], shape[3]), randn(shape[1], shape[0], shape[4], shape[5]), randn(shape[1]));
        Tensor Network(Tensor x) => functional.conv2d(x, weight, bias, [shape[6], shape[6]], [shape[7], shape[7]], [shape[8], shape[8]]).relu();
        CheckEverySet(Network, image);
    }

    [Theory]
    [InlineData("seg_hrnet_w18s", 67, 93)]
    [InlineData("spnet_r50", 65, 97)]
    public void A_network_is_what_libtorch_says(string name, int height, int width)
    {
        random.manual_seed(1);
        using var withoutGradient = no_grad();
        using var scope = NewDisposeScope();
        var config = ConfigReader.Read<ModelFileConfig>(name, ["model.num_classes=5"]).Model;
        using var network = NetworkFactory.Create(config);
        using var prepared = InferenceNetwork.Prepare(network, config, CPU, ScalarType.Float32);
        CheckEverySet(prepared.Predict, randn(1, 3, height, width));
    }

    [Fact]
    public void Of_an_unknown_set_there_are_no_kernels()
    {
        using var limit = InstructionLimit.To("mmx");
        Assert.Equal("none", NativePlan.Instructions);
        Assert.False(NativePlan.Supports(ScalarType.Float32));
    }

    private static void CheckEverySet(Func<Tensor, Tensor> network, Tensor image)
    {
        var other = randn_like(image);
        var expected = network(other);
        foreach (var instructions in InstructionLimit.Sets)
        {
            using var limit = InstructionLimit.To(instructions);
            using var compiled = TorchRuntime.Current.Compile(network, image, always: true, calibration: null, out var fault);
            Assert.True(compiled is not null, $"{instructions}: {fault}");
            TensorAssert.Close(expected, compiled.Run(other), 2e-5 * expected.abs().max().item<float>(), instructions);
        }
    }
}

using Seg.Models.Configuration;
using Seg.Models.Networks;
using Seg.Models.Runtime;
using TorchSharp.Interop;
using static TorchSharp.torch;

namespace Seg.Models.Tests.Runtime;

public class Int8NetworkTests
{
    [Theory]
    [InlineData("seg_hrnet_w18s", 64, 96)]
    [InlineData("seg_hrnet_w18s_strip", 64, 64)]
    [InlineData("pose_hrnet_w16s", 64, 64)]
    public void A_plan_in_int8_is_near_the_network_on_images_of_other_sizes_too(string name, int height, int width)
    {
        using var mode = no_grad();
        using var scope = NewDisposeScope();
        using var network = Lively(name, out var config);
        var calibration = Calibrated(network, config, randn(4, 3, height + 32, width + 96));
        foreach (var instructions in InstructionLimit.Sets)
        {
            using var limit = InstructionLimit.To(instructions);
            if (!NativePlan.Supports(ScalarType.Byte))
                continue;
            using var prepared = new CompilingNetwork(network, config, CPU, ScalarType.Float32, calibration: calibration);
            foreach (var size in new[] { (height, width), (height + 32, width + 96) })
            {
                var image = randn(1, 3, size.Item1, size.Item2);
                var (expected, actual) = (network.Predict(image), prepared.Predict(image));
                Assert.True(prepared.Form.Contains("convolutions in int8", StringComparison.Ordinal), prepared.Form);
                var difference = Math.Sqrt((actual - expected).square().mean().item<float>() / expected.square().mean().item<float>());
                Assert.True(difference < 0.3, $"{instructions}, {size}: {difference}");
                TensorAssert.Same(actual, prepared.Predict(image));
            }
        }
    }

    [Fact]
    public void A_calibration_of_another_network_is_refused()
    {
        using var mode = no_grad();
        using var scope = NewDisposeScope();
        using var network = Lively("seg_hrnet_w18s", out var config);
        using var other = Lively("seg_hrnet_w18s_strip", out var otherConfig);
        var calibration = Calibrated(other, otherConfig, randn(1, 3, 64, 64));
        using var prepared = new CompilingNetwork(network, config, CPU, ScalarType.Float32, calibration: calibration);
        // Each time: nothing is computed in float32 unsaid.
        for (var time = 0; time < 2; time++)
        {
            var error = Assert.Throws<InputException>(() => prepared.Predict(randn(1, 3, 64, 64)));
            if (TorchRuntime.Current.HasInt8)
            {
                Assert.Equal("The network cannot see images of 64 x 64 pixels in int8: its calibration for int8 is of other operators; make it anew with "
                    + "'seg calibrate'. Or take --precision auto.", error.Message);
            }
        }
    }

    [Fact]
    public void Images_of_ever_new_sizes_are_all_computed_in_int8()
    {
        if (!TorchRuntime.Current.HasInt8)
            return;
        using var mode = no_grad();
        using var scope = NewDisposeScope();
        using var network = Lively("seg_hrnet_w18s", out var config);
        var calibration = Calibrated(network, config, randn(1, 3, 64, 64));
        List<string> told = [];
        using var prepared = new CompilingNetwork(network, config, CPU, ScalarType.Float32, calibration: calibration) { PlansKept = 1, Told = told.Add };
        for (var width = 32; width <= 128; width += 32)
            prepared.Predict(randn(1, 3, 32, width)).Dispose();
        Assert.Equal(4, told.Count(line => line.Contains("convolutions in int8", StringComparison.Ordinal)));
    }

    [Fact]
    public void Calibrating_changes_no_prediction_and_leaves_nothing_behind()
    {
        using var mode = no_grad();
        using var scope = NewDisposeScope();
        using var network = Lively("seg_hrnet_w18s", out var config);
        var image = randn(1, 3, 32, 64);
        var recorder = TorchRuntime.Current.RecordActivations();
        using var recorded = new CompilingNetwork(network, config, CPU, ScalarType.Float32) { Recorder = recorder };
        using var plain = new CompilingNetwork(network, config, CPU, ScalarType.Float32, Compilation.Never);
        TensorAssert.Same(plain.Predict(image), recorded.Predict(image));
        var before = TorchRuntime.Current.LiveTensors;
        recorded.Predict(image).Dispose();
        Assert.Equal(before, TorchRuntime.Current.LiveTensors);
        Assert.Equal(2, recorder.Finish().Images);
    }

    [Fact]
    public void Nothing_can_be_said_without_an_image() =>
        Assert.Contains("needs an image", Assert.Throws<InputException>(() => TorchRuntime.Current.RecordActivations().Finish()).Message);

    /// <summary>With weights that let the output depend on the image.</summary>
    private static Network Lively(string name, out ModelConfig config)
    {
        random.manual_seed(3);
        config = ConfigReader.Read<ModelFileConfig>(name, ["model.num_classes=5"]).Model;
        var network = NetworkFactory.Create(config);
        foreach (var (_, parameter) in network.named_parameters())
        {
            if (parameter.dim() == 4)
                nn.init.kaiming_normal_(parameter);
        }
        network.train();
        for (var step = 0; step < 5; step++)
            network.call(randn(2, 3, 64, 64));   // batch norms see values as they are
        network.eval();
        return network;
    }

    private static Int8Calibration Calibrated(Network network, ModelConfig config, Tensor image)
    {
        var recorder = TorchRuntime.Current.RecordActivations();
        using var prepared = new CompilingNetwork(network, config, CPU, ScalarType.Float32) { Recorder = recorder };
        prepared.Predict(image);
        return recorder.Finish();
    }
}

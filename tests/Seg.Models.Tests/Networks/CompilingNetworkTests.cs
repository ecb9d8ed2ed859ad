using Seg.Models.Configuration;
using Seg.Models.Networks;
using Seg.Models.Runtime;
using TorchSharp.Interop;
using static TorchSharp.torch;

namespace Seg.Models.Tests.Networks;

public class CompilingNetworkTests
{
    [Theory]
    [InlineData("seg_hrnet_w18s", 67, 93)]
    [InlineData("seg_hrnet_w18s", 64, 256)]
    [InlineData("seg_hrnet_w18_small_v2", 64, 64)]
    [InlineData("seg_hrnet_w18s_spm", 64, 64)]
    [InlineData("seg_hrnet_w18s_rga", 64, 64)]
    [InlineData("seg_hrnet_w18s_nonlocal", 64, 64)]
    [InlineData("seg_hrnet_w18s_mixed", 64, 64)]
    [InlineData("seg_hrnet_w18s_sk", 64, 64)]
    [InlineData("seg_hrnet_w18s_strip", 64, 64)]
    [InlineData("seg_hrnet_w18s_upsample", 64, 64)]
    [InlineData("seg_hrnet_w18s_lr", 64, 64)]
    [InlineData("seg_hrnet_ocr_w18s", 64, 64)]
    [InlineData("pose_hrnet_w16s", 64, 32)]
    [InlineData("pose_resnet50", 64, 64)]
    [InlineData("spnet_r50", 65, 65)]
    [InlineData("sknet26", 64, 64)]
    public void A_plan_computes_what_the_network_does(string name, int height, int width)
    {
        random.manual_seed(1);
        using var mode = no_grad();
        using var scope = NewDisposeScope();
        var config = ConfigReader.Read<ModelFileConfig>(name, ["model.num_classes=5"]).Model;
        using var network = NetworkFactory.Create(config);
        network.eval();
        using var prepared = new CompilingNetwork(network, config, CPU, ScalarType.Float32, Compilation.Always);
        Assert.Equal("not compiled yet", prepared.Form);
        var images = randn(2, 3, height, width);
        var expected = network.Predict(images);
        var actual = prepared.Predict(images);
        Assert.StartsWith("compiled", prepared.Form);
        TensorAssert.Close(expected, actual, 1e-4 * expected.abs().max().item<float>(), prepared.Form);
    }

    [Theory]
    [InlineData(CompilingNetwork.MostPlans)]
    [InlineData(6)]
    public void Keeps_plans_for_a_few_sizes_and_leaves_nothing_behind(int plans)
    {
        using var mode = no_grad();
        var config = ConfigReader.Read<ModelFileConfig>("seg_hrnet_w18s_strip", ["model.backbone.width=4"]).Model;
        var before = NativePlan.Live;
        using (var network = NetworkFactory.Create(config))
        using (var prepared = new CompilingNetwork(network, config, CPU, ScalarType.Float32) { PlansKept = plans })
        {
            network.eval();
            for (var size = 32; size <= 32 + plans * 8; size += 8)
            {
                using var image = randn(1, 3, size, 32);
                using var expected = network.Predict(image);
                for (var run = 0; run < 3; run++)
                {
                    using var actual = prepared.Predict(image);
                    TensorAssert.Close(expected, actual, 1e-4 * expected.abs().max().item<float>(), prepared.Form);
                }
            }
            Assert.Equal(before + plans, NativePlan.Live);
            Assert.Equal(0, Growth(prepared));
        }
        Assert.Equal(before, NativePlan.Live);
    }

    [Fact]
    public void All_images_of_a_size_get_the_same_numbers_and_many_sizes_are_compiled_only_when_they_come_again()
    {
        using var mode = no_grad();
        using var scope = NewDisposeScope();
        var config = ConfigReader.Read<ModelFileConfig>("seg_hrnet_w18s", ["model.backbone.width=4"]).Model;
        using var network = NetworkFactory.Create(config);
        using var prepared = new CompilingNetwork(network, config, CPU, ScalarType.Float32, Compilation.Always);
        var image = randn(1, 3, 32, 32);
        var first = prepared.Predict(image);
        TensorAssert.Same(first, prepared.Predict(image));

        var before = NativePlan.Live;
        for (var width = 40; width < 40 + 7 * 8; width += 8)
            prepared.Predict(randn(1, 3, 32, width));
        Assert.Equal(before - 1 + CompilingNetwork.MostPlans, NativePlan.Live);
        prepared.Predict(randn(1, 3, 32, 200));   // the ninth size takes a place, and gets no plan yet
        Assert.Equal(before - 1 + CompilingNetwork.MostPlans - 1, NativePlan.Live);
        prepared.Predict(randn(1, 3, 32, 200));
        Assert.Equal(before - 1 + CompilingNetwork.MostPlans, NativePlan.Live);
        TensorAssert.Close(first, prepared.Predict(image), 1e-4 * first.abs().max().item<float>());
    }

    [Fact]
    public void A_network_can_be_left_uncompiled()
    {
        using var mode = no_grad();
        using var scope = NewDisposeScope();
        var config = ConfigReader.Read<ModelFileConfig>("seg_hrnet_w18s", ["model.backbone.width=4"]).Model;
        using var network = NetworkFactory.Create(config);
        using var prepared = new CompilingNetwork(network, config, CPU, ScalarType.Float32, Compilation.Never);
        var image = randn(1, 3, 32, 32);
        TensorAssert.Same(prepared.Predict(image), prepared.Predict(image));
        Assert.Equal("not compiled", prepared.Form);
    }

    private static long Growth(CompilingNetwork network)
    {
        using var image = randn(1, 3, 64, 32);
        network.Predict(image).Dispose();
        network.Predict(image).Dispose();
        var before = TorchRuntime.Current.LiveTensors;
        for (var run = 0; run < 3; run++)
            network.Predict(image).Dispose();
        return (TorchRuntime.Current.LiveTensors - before) ?? 0;
    }
}

using Seg.Models.Configuration;
using Seg.Models.Networks;
using Seg.Models.Runtime;
using static TorchSharp.torch;

namespace Seg.Models.Tests.Networks;

public class NetworkMemoryTests
{
    [Theory]
    [InlineData("seg_hrnet_w18s")]
    [InlineData("seg_hrnet_w18s_strip")]
    [InlineData("seg_hrnet_ocr_w18s")]
    [InlineData("seg_hrnet_w18s_spm")]
    [InlineData("pose_hrnet_w16s")]
    public void Neither_training_nor_prediction_leaves_tensors_behind(string model)
    {
        var config = ConfigReader.Read<ModelFileConfig>(model, ["model.backbone.width=4"]).Model;
        using var network = NetworkFactory.Create(config);
        using var prepared = InferenceNetwork.Prepare(network, config, CPU, ScalarType.Float32);
        using var images = randn([2, 3, 64, 32]);
        network.train();
        // Without a dispose scope around: a network that leaves its work to its caller's would show.
        Assert.Equal(0, Growth(() =>
        {
            var outputs = network.call(images);
            using var loss = outputs[^1].sum();
            loss.backward();
            foreach (var output in outputs)
                output.Dispose();
        }));
        Assert.Equal(0, Growth(() =>
        {
            using var withoutGradient = no_grad();
            prepared.Predict(images).Dispose();
        }));
    }

    /// <summary>How many more tensors live after three runs than after one.</summary>
    private static long Growth(Action run)
    {
        run();
        var before = TorchRuntime.Current.LiveTensors;
        for (var i = 0; i < 3; i++)
            run();
        return (TorchRuntime.Current.LiveTensors - before) ?? 0;
    }
}

using Seg.Models.Configuration;
using Seg.Models.Networks;
using Seg.Models.Runtime;
using Seg.Models.Weights;
using static TorchSharp.torch;

namespace Seg.Models.Tests.Networks;

public class InferenceNetworkTests
{
    private static SegmentationConfig Config(HeadConfig head) => new()
    {
        NumClasses = 5,
        Backbone = new HRNetConfig { Width = 8, BottleneckChannels = 8, BlocksPerStage = [1, 1, 1, 1], ModulesPerStage = [1, 1, 1] },
        Head = head,
        Initialization = Initialization.Kaiming,
    };

    public static TheoryData<HeadConfig> Heads =>
    [
        new ConcatHeadConfig(), new StripPoolingHeadConfig(), new OcrHeadConfig { MidChannels = 12, KeyChannels = 6 },
        new UpsampleHeadConfig { Map = 2 }, new HeatmapHeadConfig { Kernel = 3 },
    ];

    [Theory]
    [MemberData(nameof(Heads))]
    public void The_folded_network_computes_what_the_other_does(HeadConfig head)
    {
        using var scope = NewDisposeScope();
        using var network = TrainedALittle(Config(head));
        using var prepared = InferenceNetwork.Prepare(network, Config(head), CPU, ScalarType.Float32);
        using var withoutGradient = no_grad();
        var images = randn([2, 3, 70, 64]);
        network.eval();
        var expected = network.call(images)[network.MainOutput];
        TensorAssert.Close(expected, prepared.Predict(TorchRuntime.Current.ChannelsLast(images)), 1e-4 * expected.abs().max().item<float>());
    }

    [Theory]
    [MemberData(nameof(Heads))]
    public void A_network_in_bfloat16_takes_float32_images_and_agrees_roughly(HeadConfig head)
    {
        using var scope = NewDisposeScope();
        using var network = TrainedALittle(Config(head));
        using var prepared = InferenceNetwork.Prepare(network, Config(head), CPU, ScalarType.BFloat16);
        using var withoutGradient = no_grad();
        var images = randn([1, 3, 64, 64]);
        network.eval();
        var expected = network.Predict(images);
        var actual = prepared.Predict(images);
        Assert.Equal(ScalarType.BFloat16, actual.dtype);
        TensorAssert.Close(expected, actual, 0.06 * expected.abs().max().item<float>());
    }

    [Fact]
    public void The_given_network_and_the_generator_stay_as_they_are()
    {
        using var scope = NewDisposeScope();
        using var network = TrainedALittle(Config(new ConcatHeadConfig()));
        var before = StateDict.Of(network).ToDictionary(entry => entry.Key, entry => entry.Value.clone());
        var generator = random.get_rng_state();
        network.train();

        using var prepared = InferenceNetwork.Prepare(network, Config(new ConcatHeadConfig()), CPU, ScalarType.BFloat16);

        Assert.True(network.training);
        Assert.All(network.parameters(), parameter => Assert.True(parameter.requires_grad));
        Assert.All(StateDict.Of(network), entry => TensorAssert.Same(before[entry.Key], entry.Value, entry.Key));
        TensorAssert.Same(generator, random.get_rng_state(), "The generator's state");
    }

    [Fact]
    public void The_prepared_network_is_in_eval_mode_and_holds_no_gradients()
    {
        using var network = NetworkFactory.Create(Config(new StripPoolingHeadConfig()));
        using var prepared = InferenceNetwork.Prepare(network, Config(new StripPoolingHeadConfig()), CPU, ScalarType.Float32);
        Assert.All(prepared.modules(), module => Assert.False(module.training, module.GetName()));
        Assert.All(prepared.parameters(), parameter => Assert.False(parameter.requires_grad));
    }

    [Fact]
    public void The_prepared_network_outlives_the_scope_that_it_was_made_in()
    {
        using var network = NetworkFactory.Create(Config(new ConcatHeadConfig()));
        Network prepared;
        using (NewDisposeScope())
            prepared = InferenceNetwork.Prepare(network, Config(new ConcatHeadConfig()), CPU, ScalarType.Float32);
        using (prepared)
        using (var images = zeros([1, 3, 32, 32]))
        using (var output = prepared.call(images).Single())
            Assert.Equal([1, 5, 8, 8], output.shape);
    }

    /// <summary>Norms with statistics, scales and shifts that are not those of the start.</summary>
    private static Network TrainedALittle(ModelConfig config)
    {
        random.manual_seed(5);
        var network = NetworkFactory.Create(config);
        using var withoutGradient = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (name, tensor) in StateDict.Of(network))
        {
            if (name.EndsWith("running_var", StringComparison.Ordinal))
                tensor.uniform_(0.5, 2);
            else if (tensor.dim() == 1)
                tensor.uniform_(0.2, 1);
        }
        return network;
    }
}

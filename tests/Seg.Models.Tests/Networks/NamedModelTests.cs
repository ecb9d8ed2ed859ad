using Seg.Models.Configuration;
using Seg.Models.Networks;
using Seg.Models.Weights;
using static TorchSharp.torch;

namespace Seg.Models.Tests.Networks;

/// <summary>Every file in configs/models, whoever added it.</summary>
public sealed class NamedModelTests : IDisposable
{
    /// <summary>Networks with more parameters see smaller images, so that the tests stay quick.</summary>
    private const long ManyParameters = 5_000_000;

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Names =>
    [
        .. Directory.GetFiles(Path.Combine(SharedFiles.RepositoryRoot, "configs", "models"), "*.yaml")
            .Select(path => Path.GetFileNameWithoutExtension(path)).Order(),
    ];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Builds_trains_at_an_odd_size_and_gives_the_same_output_once_saved_and_loaded(string name)
    {
        random.manual_seed(1);
        using var scope = NewDisposeScope();
        var config = ConfigReader.Read<ModelFileConfig>(name, Overrides(name)).Model;
        using var network = NetworkFactory.Create(config);
        var images = randn([2, 3, .. SizeFor(config, network.parameters().Sum(parameter => parameter.numel()))]);

        network.train();
        var outputs = network.call(images);
        Assert.Equal(network.OutputWeights.Count, outputs.Length);
        Assert.Equal(config is BottomUpPoseConfig ? [6L, 10] : outputs.Select(_ => 5L), outputs.Select(output => output.shape[1]));
        Assert.All(outputs, output => Assert.Equal(2, output.shape[0]));
        outputs.Select((output, i) => output.square().mean() * network.OutputWeights[i]).Aggregate((sum, part) => sum + part).backward();
        Assert.All(network.named_parameters().Where(entry => entry.parameter.requires_grad), entry =>
            Assert.True(entry.parameter.grad is { } gradient && gradient.isfinite().all().item<bool>(), $"{entry.name} has no gradient."));

        network.eval();
        using var withoutGradient = no_grad();
        var expected = network.call(images);
        ModelFile.Save(folder["model.safetensors"], network, Describe(config));
        using var loaded = ModelFile.Load(folder["model.safetensors"]).Network;
        foreach (var (before, after) in expected.Zip(loaded.call(images)))
            TensorAssert.Same(before, after, "The output");
        TensorAssert.Same(expected[network.MainOutput], loaded.Predict(images), "The prediction");
    }

    /// <summary>Of so few keypoints, persons share fewer than the authors' 8.</summary>
    private static string[] Overrides(string name) =>
        name.StartsWith("dekr", StringComparison.Ordinal) ? ["model.num_classes=5", "model.codec.nms_keypoints=2"] : ["model.num_classes=5"];

    /// <summary>Odd, but where interpolation by a factor asks for multiples of 32, or a block was made for a single size.</summary>
    private static long[] SizeFor(ModelConfig config, long parameters) => config switch
    {
        PoseConfig { Head: SimccHeadConfig simcc } => [simcc.InputSize[0], simcc.InputSize[1]],
        PoseConfig { Backbone: HRNetConfig { Interpolation: FusionInterpolation.Nearest } } or BottomUpPoseConfig => [32, 64],
        ClassificationConfig { Backbone: ResNetConfig { Placements: [{ Block: RgaConfig { AnySize: false } }, ..] } } => [256, 128],
        _ => parameters > ManyParameters ? [33, 65] : [97, 161],
    };

    private static ModelDescription Describe(ModelConfig config)
    {
        var labels = new LabelSet { Names = ["a", "b", "c", "d", "e"], Colors = [default, default, default, default, default] };
        return config is PoseConfig or BottomUpPoseConfig
            ? new PoseDescription { Model = config, Keypoints = KeypointSet.Plain(labels), InputSize = [97, 161] }
            : new SegmentationDescription { Model = config, Labels = labels, InputSize = [97, 161] };
    }
}

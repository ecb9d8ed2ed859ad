using Seg.Models.Configuration;
using Seg.Models.Networks;
using Seg.Models.Weights;
using static TorchSharp.torch;

namespace Seg.Cli.Tests;

public sealed class ConvertCommandTests : IDisposable
{
    private const string Config =
        """
        model:
          type: segmentation
          num_classes: 3
          backbone: { name: hrnet, width: 4, bottleneck_channels: 8, blocks_per_stage: [1, 1, 1, 1], modules_per_stage: [1, 1, 1] }
          head: { name: concat }

        """;

    private readonly TemporaryFolder folder = new();

    public ConvertCommandTests()
    {
        File.WriteAllText(folder.At("tiny.yaml"), Config);
        using var network = NetworkFactory.Create(ConfigReader.Read<ModelFileConfig>(folder.At("tiny.yaml")).Model);
        PickleFile.Write(folder.At("w.pth"), StateDict.Of(network).ToDictionary(entry => $"module.{entry.Key}", entry => entry.Value));
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void There_and_back_nothing_is_lost()
    {
        Convert("w.pth", "a.safetensors");
        var run = Convert("a.safetensors", "b.pth");
        Assert.Matches(@"b\.pth: \d+ tensors, [\d,]+ numbers, as they were, not checked against a network", run.Output);
        AssertSame("w.pth", "b.pth");
    }

    [Fact]
    public void With_a_model_the_safetensors_describes_itself()
    {
        File.AppendAllText(folder.At("tiny.yaml"),
            "normalization: { mean: [0.1, 0.2, 0.3], deviation: [1, 2, 3] }\ndata: { format: folders, root: nowhere, classes: [road, car, sky], augmentation: { crop_size: [64, 96] } }\n");
        Convert("w.pth", "m.safetensors", "--model", folder.At("tiny.yaml"));
        AssertSame("w.pth", "m.safetensors");
        var description = ModelFile.ReadDescription(folder.At("m.safetensors"));
        Assert.Equal(["road", "car", "sky"], description.OutputNames);
        Assert.Equal([64, 96], description.InputSize);
        Assert.Equal(0.2f, description.Normalization.Mean[1]);
        CommandRun.Of("info", folder.At("m.safetensors")).Succeeded();

        Convert("m.safetensors", "again.safetensors");
        Assert.Equal(File.ReadAllBytes(folder.At("m.safetensors")), File.ReadAllBytes(folder.At("again.safetensors")));
        Convert("m.safetensors", "m.pth", "--model", folder.At("m.safetensors"));
        AssertSame("w.pth", "m.pth");
    }

    [Fact]
    public void Without_data_the_classes_are_numbered()
    {
        Convert("w.pth", "m.safetensors", "--model", folder.At("tiny.yaml"));
        Assert.Equal(["class_0", "class_1", "class_2"], ModelFile.ReadDescription(folder.At("m.safetensors")).OutputNames);
    }

    [Fact]
    public void Weights_of_another_network_are_refused_and_nothing_is_written()
    {
        CommandRun.Of("convert", folder.At("w.pth"), folder.At("m.safetensors"), "--model", folder.At("tiny.yaml"), "--set", "model.num_classes=5")
            .Refused(exitCode: 2, "w.pth do not fit the network", "2 of another shape: last_layer.3.weight ([3, ");
        Assert.False(File.Exists(folder.At("m.safetensors")));
    }

    [Fact]
    public void Wrong_use_is_told()
    {
        CommandRun.Of("convert", folder.At("w.pth"), folder.At("m.onnx")).Refused(exitCode: 2, "does not say in which format to write; end it in .safetensors or .pth");
        CommandRun.Of("convert", folder.At("none.pth"), folder.At("m.pth")).Refused(exitCode: 2, "There is no file '", "none.pth'.");
        CommandRun.Of("convert", folder.At("w.pth"), folder.At("m.pth"), "--set", "model.num_classes=5").Refused(exitCode: 2, "--set changes the config that --model names");
        CommandRun.Of("convert", folder.At("tiny.yaml"), folder.At("m.pth")).Refused(exitCode: 2, "tiny.yaml", "neither a zip nor does it start as a checkpoint does");
    }

    private CommandRun Convert(string input, string output, params string[] more) =>
        CommandRun.Of(["convert", folder.At(input), folder.At(output), .. more]).Succeeded();

    private void AssertSame(string expected, string actual)
    {
        using var scope = NewDisposeScope();
        var (first, second) = (WeightFile.Read(folder.At(expected)), WeightFile.Read(folder.At(actual)));
        Assert.Equal(first.Keys, second.Keys);
        foreach (var (name, tensor) in first)
        {
            Assert.Equal(tensor.dtype, second[name].dtype);
            Assert.Equal(tensor.bytes.ToArray(), second[name].bytes.ToArray());
        }
    }
}

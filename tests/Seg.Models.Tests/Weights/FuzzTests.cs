using Seg.Models.Configuration;
using Seg.Models.Networks;
using Seg.Models.Weights;
using static TorchSharp.torch;

namespace Seg.Models.Tests.Weights;

/// <summary>Whatever is done to a valid file of each format, it is read or refused.</summary>
public sealed class FuzzTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("zip")]
    [InlineData("legacy")]
    [InlineData("training")]
    [InlineData("views")]
    [InlineData("views_legacy")]
    [InlineData("types")]
    [InlineData("nested")]
    [InlineData("part")]
    public void Checkpoints(string name) =>
        Fuzz.ReadsOrRefuses(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "References", $"checkpoint_{name}.pth")), folder["x.pth"], ReadCheckpoint);

    [Fact]
    public void Checkpoints_of_our_own()
    {
        using var scope = NewDisposeScope();
        PickleFile.Write(folder["w.pth"], new Dictionary<string, Tensor> { ["a"] = ones(3, 2), ["b"] = ones(5).to_type(ScalarType.Int64) });
        Fuzz.ReadsOrRefuses(File.ReadAllBytes(folder["w.pth"]), folder["x.pth"], ReadCheckpoint);
    }

    [Fact]
    public void Safetensors()
    {
        using var scope = NewDisposeScope();
        SafeTensors.Write(folder["w"], new Dictionary<string, Tensor> { ["a"] = ones(3, 2), ["b"] = ones(5).to_type(ScalarType.Int64), ["c"] = zeros(0, 2) },
            new Dictionary<string, string> { ["k"] = "v" });
        Fuzz.ReadsOrRefuses(File.ReadAllBytes(folder["w"]), folder["x"], path => SafeTensors.Read(path).Dispose());
    }

    [Fact]
    public void Model_files()
    {
        var config = new BlockModelConfig { Block = new StripPoolingConfig { InChannels = 1 } };
        using var network = NetworkFactory.Create(config);
        ModelFile.Save(folder["m.safetensors"], network, new ModelDescription { Model = config, Labels = new LabelSet { Names = [], Colors = [] }, InputSize = [8, 8] });
        Fuzz.ReadsOrRefuses(File.ReadAllBytes(folder["m.safetensors"]), folder["x.safetensors"], path => ModelFile.Load(path).Network.Dispose());
    }

    [Fact]
    public void Arrays()
    {
        using var values = ones(7, 3);
        NpyFile.Write(folder["w.npy"], values);
        Fuzz.ReadsOrRefuses(File.ReadAllBytes(folder["w.npy"]), folder["x.npy"], path => NpyFile.Read(path).Dispose());
    }

    private static void ReadCheckpoint(string path)
    {
        foreach (var tensor in PickleFile.ReadStateDict(path).Values)
            tensor.Dispose();
    }
}

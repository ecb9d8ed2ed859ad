using Seg.Models.Configuration;
using Seg.Models.Networks;
using Seg.Models.Weights;
using static TorchSharp.torch;

namespace Seg.Models.Tests.Weights;

public sealed class WeightsLoaderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Network network = NetworkFactory.Create(new BlockModelConfig { Block = new StripPoolingConfig { InChannels = 4 } });

    public void Dispose()
    {
        network.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void All_of_it_is_loaded_where_all_fits()
    {
        var report = Load(new() { Path = Save(weights => weights) });
        Assert.Equal(StateDict.Of(network).Keys, report.Loaded);
        Assert.True(report.Fits);
        Assert.Equal($"14 of 14 entries loaded from {folder["w.pth"]}", report.Summary());
        AssertLoaded("conv1.weight");
    }

    [Fact]
    public void What_is_skipped_need_not_fit()
    {
        var path = Save(weights => weights.Less("bn1.weight").Set("conv1.weight", [9]).Set("classifier.weight", [2]));
        var report = Load(new() { Path = path, Skip = ["bn1.*", "conv1.w?ight", "classifier.*"] });
        Assert.Equal(8, report.Loaded.Length);
        Assert.Equal(["bn1.bias", "bn1.num_batches_tracked", "bn1.running_mean", "bn1.running_var", "bn1.weight", "classifier.weight", "conv1.weight"], report.Skipped.Order());
        Assert.True(report.Fits);
        AssertLoaded("conv2.weight");
        AssertAsDrawn("conv1.weight");
        AssertAsDrawn("bn1.bias");
    }

    [Fact]
    public void A_strict_load_names_what_does_not_fit_and_loads_nothing()
    {
        var path = Save(weights => weights.Less("bn1.weight").Set("conv1.weight", [9]).Set("classifier.weight", [2]));
        var error = Assert.Throws<InputException>(() => Load(new() { Path = path }));
        Assert.Equal($"The weights of {path} do not fit the network: 12 of 14 entries fit; 1 missing: bn1.weight; 1 unexpected: classifier.weight; "
            + "1 of another shape: conv1.weight ([9], must be [4, 4, 3, 1]). Set weights.strict=false to load what fits, or name what to leave out in weights.skip.", error.Message);
        AssertAsDrawn("conv2.weight");
    }

    [Fact]
    public void A_load_that_is_not_strict_takes_what_fits_and_reports_the_rest()
    {
        var path = Save(weights => weights.Less("bn1.weight").Set("conv1.weight", [9]).Set("classifier.weight", [2]));
        var report = Load(new() { Path = path, Strict = false });
        Assert.Equal((12, 14), (report.Loaded.Length, report.Wanted));
        Assert.Equal(["bn1.weight"], report.Missing);
        Assert.Equal(["classifier.weight"], report.Unexpected);
        Assert.Equal("conv1.weight ([9], must be [4, 4, 3, 1])", Assert.Single(report.Misshapen).ToString());
        AssertLoaded("conv2.weight");
        AssertAsDrawn("conv1.weight");
        AssertAsDrawn("bn1.weight");
    }

    [Fact]
    public void Names_are_moved_from_a_part_of_the_file_and_into_a_part_of_the_network()
    {
        var prefixed = Save(weights => weights.Renamed(name => $"model.backbone.{name}").Set("head.weight", [1]));
        var report = Load(new() { Path = prefixed, Prefix = "model.backbone." });
        Assert.Equal((14, 1, true), (report.Loaded.Length, report.Skipped.Length, report.Fits));

        using var scope = NewDisposeScope();
        var inner = Save(weights => weights.Only("conv1.").Set("fc.weight", [1]));
        report = Load(new() { Path = inner, Into = "conv1.", Skip = ["fc.*"], Strict = false });
        Assert.Equal(["conv1.weight"], report.Loaded);
        Assert.Equal(11, report.Missing.Length);   // the two counters apart: the file has none at all
        Assert.Equal(["fc.weight"], report.Skipped);
    }

    [Fact]
    public void Where_nothing_fits_the_error_says_what_would()
    {
        var prefixed = Save(weights => weights.Renamed(name => $"backbone.{name}"));
        Assert.EndsWith("With weights.prefix=backbone. the names of 14 entries agree.",
            Assert.Throws<InputException>(() => Load(new() { Path = prefixed, Strict = false })).Message);
        var inner = Save(weights => weights.Only("conv1."));
        Assert.EndsWith("With weights.into=conv1. the names of 1 entries agree.",
            Assert.Throws<InputException>(() => Load(new() { Path = inner, Strict = false })).Message);
        var other = Save(weights => weights.Only("none").Set("x", [1]));
        Assert.Contains("1 unexpected: x. Is it of another network?", Assert.Throws<InputException>(() => Load(new() { Path = other, Strict = false })).Message);
        var whole = Save(weights => weights);
        Assert.Contains("weights.skip leaves nothing to load", Assert.Throws<InputException>(() => Load(new() { Path = whole, Skip = ["*"] })).Message);
    }

    [Fact]
    public void Weights_of_an_old_PyTorch_without_counters_fit()
    {
        var path = Save(weights => weights.Without(".num_batches_tracked"));
        Assert.True(Load(new() { Path = path }).Fits);
        using var scope = NewDisposeScope();
        StateDict.Load(network, PickleFile.ReadStateDict(path), path);
        var some = Save(weights => weights.Less("bn1.num_batches_tracked"));
        Assert.Contains("1 missing: bn1.num_batches_tracked", Assert.Throws<InputException>(() => Load(new() { Path = some })).Message);
    }

    [Fact]
    public void Wrappers_are_taken_off_the_names_of_safetensors_too()
    {
        using var scope = NewDisposeScope();
        SafeTensors.Write(folder["w.safetensors"], Filled().Renamed(name => $"module.{name}").Set("loss.weight", [1]));
        Assert.True(Load(new() { Path = folder["w.safetensors"] }).Fits);
    }

    [Theory]
    [InlineData("{ path: '' }", "weights.path is empty")]
    [InlineData("{ path: w.pth, into: pretrained }", "must end in a dot")]
    [InlineData("{ path: w.pth, skip: [''] }", "holds an empty name")]
    [InlineData("{ path: w.pth, stric: false }", "did you mean 'strict'?")]
    [InlineData("{ strict: false }", "path")]
    public void Faulty_sections_are_told(string section, string problem) =>
        Assert.Contains(problem, Assert.ThrowsAny<InputException>(() => ConfigReader.Parse<Section>($"weights: {section}", "x.yaml")).Message);

    private WeightsReport Load(WeightsConfig config) => WeightsLoader.Load(network, config);

    /// <summary>The network's entries, all 77.</summary>
    private Dictionary<string, Tensor> Filled() => StateDict.Of(network).ToDictionary(entry => entry.Key, entry => full_like(entry.Value.detach(), 77));

    private string Save(Func<Dictionary<string, Tensor>, Dictionary<string, Tensor>> change)
    {
        using var scope = NewDisposeScope();
        PickleFile.Write(folder["w.pth"], change(Filled()));
        return folder["w.pth"];
    }

    private void AssertLoaded(string name) => Assert.True(IsFilled(name), $"{name} was not loaded.");

    private void AssertAsDrawn(string name) => Assert.False(IsFilled(name), $"{name} was loaded.");

    private bool IsFilled(string name)
    {
        using var scope = NewDisposeScope();
        return StateDict.Of(network)[name].eq(77).all().item<bool>();
    }

    internal sealed record Section
    {
        public required WeightsConfig Weights { get; init; }
    }
}

internal static class WeightChanges
{
    public static Dictionary<string, Tensor> Less(this Dictionary<string, Tensor> weights, string name) => weights.Where(entry => entry.Key != name).ToDictionary();

    public static Dictionary<string, Tensor> Without(this Dictionary<string, Tensor> weights, string end) =>
        weights.Where(entry => !entry.Key.EndsWith(end, StringComparison.Ordinal)).ToDictionary();

    public static Dictionary<string, Tensor> Set(this Dictionary<string, Tensor> weights, string name, long[] shape) =>
        new(weights) { [name] = ones(shape) };

    public static Dictionary<string, Tensor> Renamed(this Dictionary<string, Tensor> weights, Func<string, string> rename) =>
        weights.ToDictionary(entry => rename(entry.Key), entry => entry.Value);

    /// <summary>The entries under a prefix, without it.</summary>
    public static Dictionary<string, Tensor> Only(this Dictionary<string, Tensor> weights, string prefix) =>
        weights.Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(entry => entry.Key[prefix.Length..], entry => entry.Value);
}

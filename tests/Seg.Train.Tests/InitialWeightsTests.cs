using System.Text.Json;
using Seg.Models;
using Seg.Models.Configuration;
using Seg.Models.Networks;
using Seg.Models.Weights;
using Seg.Train.Optimization;
using static TorchSharp.torch;

namespace Seg.Train.Tests;

/// <summary>Training that starts from a file of weights.</summary>
public sealed class InitialWeightsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public InitialWeightsTests() => TestConfigs.WriteImages(folder.At("data"));

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_run_starts_from_what_fits_and_keeps_a_list_of_it()
    {
        SaveImageNetWeights();
        var progress = new RecordedProgress();
        var config = Config(new() { Path = folder.At("imagenet.pth"), Strict = false, Skip = ["classifier.*"] });
        Train(config, progress);

        var report = progress.Start!.Weights!;
        Assert.Contains("conv1.weight", report.Loaded);
        Assert.Contains("stage4.0.fuse_layers.0.1.0.weight", report.Loaded);
        Assert.Equal(["final_layer.0.weight", "incre_modules.0.0.conv1.weight"], report.Unexpected.Order());
        Assert.Equal(["classifier.weight"], report.Skipped);
        Assert.All(report.Missing, name => Assert.False(name.StartsWith("stage", StringComparison.Ordinal), name));
        Assert.NotEmpty(report.Missing);
        using var json = JsonDocument.Parse(File.ReadAllText(folder.At("run", "weights.json")));
        Assert.Equal(report.Loaded, json.RootElement.GetProperty("loaded").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(["source", "loaded", "skipped", "missing", "unexpected", "misshapen"], json.RootElement.EnumerateObject().Select(entry => entry.Name));

        // The learning rate is 0, so what was loaded is still there.
        using var scope = NewDisposeScope();
        using var model = SafeTensors.Read(folder.At("run", "last.safetensors"));
        Assert.True(model.Tensors["conv1.weight"].eq(0.5).all().item<bool>());
    }

    [Fact]
    public void A_resumed_run_does_not_load_them_again()
    {
        SaveImageNetWeights();
        var config = Config(new() { Path = folder.At("imagenet.pth"), Strict = false });
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        Train(config, new RecordedProgress(), cancellation: cancellation.Token);
        File.Delete(folder.At("imagenet.pth"));
        var progress = new RecordedProgress();
        Train(config, progress, resume: true);
        Assert.Null(progress.Start!.Weights);
    }

    [Fact]
    public void Weights_that_must_fit_and_do_not_are_refused_before_a_folder_is_made()
    {
        SaveImageNetWeights();
        var error = Assert.Throws<InputException>(() => Train(Config(new() { Path = folder.At("imagenet.pth") }), new RecordedProgress()));
        Assert.Contains("Set weights.strict=false to load what fits", error.Message, StringComparison.Ordinal);
        Assert.Throws<InputException>(() => Train(Config(new() { Path = folder.At("none.pth") }), new RecordedProgress()));
        Assert.False(Directory.Exists(folder.At("run")));
    }

    private RunConfig Config(WeightsConfig weights)
    {
        var tiny = TestConfigs.Tiny(folder.At("data"));
        return tiny with
        {
            Weights = weights,
            Train = tiny.Train with { Epochs = 1, Previews = 0, Optimizer = new OptimizerConfig { LearningRate = 1e-30, WeightDecay = 0 } },
        };
    }

    /// <summary>The backbone's weights, all 0.5, with entries of a classification network beside them, as HRNet's ImageNet checkpoints have.</summary>
    private void SaveImageNetWeights()
    {
        using var scope = NewDisposeScope();
        using var network = NetworkFactory.Create(TestConfigs.Tiny().Model);
        string[] backbone = ["conv", "bn", "layer1", "stage", "transition"];
        var weights = StateDict.Of(network).Where(entry => backbone.Any(part => entry.Key.StartsWith(part, StringComparison.Ordinal)))
            .ToDictionary(entry => entry.Key, entry => full_like(entry.Value.detach(), 0.5));
        foreach (var name in new[] { "incre_modules.0.0.conv1.weight", "final_layer.0.weight", "classifier.weight" })
            weights.Add(name, ones(2));
        PickleFile.Write(folder.At("imagenet.pth"), weights);
    }

    private void Train(RunConfig config, RecordedProgress progress, bool resume = false, CancellationToken cancellation = default) =>
        new Trainer(config, new TrainerOptions { RunDirectory = folder.At("run"), Resume = resume, Threads = 1 }, progress).Run(cancellation);
}

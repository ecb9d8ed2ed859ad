using Seg.Models;
using Seg.Models.Weights;
using Seg.Train.Runs;

namespace Seg.Train.Tests;

/// <summary>What tests of whole training runs have in common: a folder with a tiny data set, and comparisons of what runs leave.</summary>
public abstract class TrainingRunTests : IDisposable
{
    private protected readonly TemporaryFolder folder = new();

    private protected TrainingRunTests() => TestConfigs.WriteImages(folder.At("data"));

    public void Dispose() => folder.Dispose();

    private protected static void CancelAt(StepReport step, long total, CancellationTokenSource cancellation)
    {
        if (step.TotalStep == total)
            cancellation.Cancel();
    }

    private protected TrainingResult Train(
        RunConfig config, RecordedProgress? progress = null, string name = "run", bool resume = false,
        CancellationToken cancellation = default, TimeSpan? maxTime = null)
    {
        var options = new TrainerOptions { RunDirectory = folder.At(name), Resume = resume, Threads = 1, MaxTime = maxTime };
        return new Trainer(config, options, progress ?? new RecordedProgress()).Run(cancellation);
    }

    private protected static double?[] Losses(TrainingResult result) =>
        [.. MetricsLog.Read(Path.Combine(result.RunDirectory, "metrics.jsonl")).Steps.Select(step => step.Loss)];

    private protected static void AssertSameModels(string expected, string actual)
    {
        var (first, _) = ModelFile.Load(expected);
        var (second, _) = ModelFile.Load(actual);
        using (first)
        using (second)
            TensorAssert.SameState(first, second);
    }

    /// <summary>Every tensor of two files, bit by bit.</summary>
    private protected static void AssertSameTensors(string expected, string actual)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        using SafeTensorsFile first = SafeTensors.Read(expected), second = SafeTensors.Read(actual);
        Assert.Equal(first.Tensors.Keys.Order(), second.Tensors.Keys.Order());
        foreach (var (name, value) in first.Tensors)
            Assert.True(value.equal(second.Tensors[name]).all().item<bool>(), name);
    }
}

using System.Text.Json;
using Seg.Models.Weights;
using Seg.Train.Losses;
using static TorchSharp.torch;

namespace Seg.Train.Tests.Losses;

/// <summary>Against HeatmapLoss and OffsetsLoss of DEKR's authors (References/dekr, of Seg.Models.Tests).</summary>
public sealed class DekrLossTests
{
    private const int Heatmaps = 18, Offsets = 34;

    [Theory]
    [InlineData("heatmap_loss", 1, 0)]
    [InlineData("offset_loss", 0, 1)]
    public void Is_the_authors(string name, double heatmapWeight, double offsetWeight)
    {
        using var scope = NewDisposeScope();
        var expected = JsonDocument.Parse(File.ReadAllText(At("targets.json"))).RootElement.GetProperty(name).GetDouble();
        var output = Read("output.npy");
        using DekrLoss loss = new([heatmapWeight, offsetWeight], weight: 2);
        var found = loss.Of([output.narrow(1, 0, Heatmaps), output.narrow(1, Heatmaps, Offsets)], new TrainingTargets(Read("targets.npy"), Read("weights.npy")));

        Assert.Equal(2 * expected, found.item<float>(), tolerance: 1e-6);
    }

    [Fact]
    public void Without_anybody_offsets_cost_nothing_and_have_a_gradient_of_zero()
    {
        using var scope = NewDisposeScope();
        var offsets = ones(1, 2, 4, 4).requires_grad_(true);
        using DekrLoss loss = new([1, 1]);
        var found = loss.Of([zeros(1, 2, 4, 4), offsets], new TrainingTargets(zeros(1, 4, 4, 4), cat([ones(1, 2, 4, 4), zeros(1, 2, 4, 4)], 1)));
        found.backward();

        Assert.Equal(0, found.item<float>());
        Assert.Equal(0, offsets.grad!.count_nonzero().item<long>());
    }

    private static string At(string file) => Path.Combine(AppContext.BaseDirectory, "References", "dekr", file);

    private static Tensor Read(string file) => NpyFile.Read(At(file)).unsqueeze(0);
}

using Seg.Train.Losses;
using static TorchSharp.torch;

namespace Seg.Train.Tests.Losses;

public class HeatmapLossTests
{
    [Fact]
    public void Is_half_of_the_mean_squared_difference_with_its_gradient()
    {
        using var scope = NewDisposeScope();
        using var network = new TinyNetwork();
        using var loss = new HeatmapLoss(network);
        var heatmaps = tensor(new float[] { 1, 2, 3, 4 }).reshape(1, 1, 2, 2).requires_grad_();
        var targets = new TrainingTargets(tensor(new float[] { 1, 0, 3, 8 }).reshape(1, 1, 2, 2));

        var value = loss.Of([heatmaps], targets);
        value.backward();

        Assert.Equal(0.5 * (4 + 16) / 4, value.item<float>(), precision: 6);
        Assert.Equal([0f, 0.5f, 0f, -1f], heatmaps.grad!.data<float>().ToArray());
        Assert.True(loss.Counts(targets));
    }
}

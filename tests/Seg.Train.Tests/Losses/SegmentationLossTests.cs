using Seg.Models.Networks;
using Seg.Train.Losses;
using static TorchSharp.torch;

namespace Seg.Train.Tests.Losses;

public class SegmentationLossTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Equals_interpolation_and_cross_entropy_composed(bool weighted)
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        using var network = new TwoOutputs();
        double[]? classWeights = weighted ? [0.5, 2, 1, 0.1] : null;
        using var loss = new SegmentationLoss(network, classWeights, ignoreIndex: 255, CPU);
        Tensor[] outputs = [randn(2, 4, 6, 8, requires_grad: true), randn(2, 4, 3, 4, requires_grad: true)];
        var labels = randint(0, 4, [2, 21, 30], ScalarType.Int64);
        labels = labels.where(rand(2, 21, 30) > 0.2, full_like(labels, 255));

        var value = loss.Of(outputs, labels.to_type(ScalarType.Byte));
        value.backward();
        var gradients = outputs.Select(output => output.grad!.clone()).ToArray();
        foreach (var output in outputs)
            output.grad!.zero_();
        var weights = classWeights is null ? null : tensor(classWeights.Select(weight => (float)weight).ToArray());
        var expected = outputs.Zip(network.OutputWeights, (output, share) => share * nn.functional.cross_entropy(
            nn.functional.interpolate(output, [21, 30], mode: InterpolationMode.Bilinear, align_corners: true),
            labels, weight: weights, ignore_index: 255)).Aggregate((sum, part) => sum + part);
        expected.backward();

        TensorAssert.Close(expected, value, 1e-5);
        foreach (var (output, gradient) in outputs.Zip(gradients))
            TensorAssert.Close(output.grad!, gradient, 1e-6);
    }

    [Fact]
    public void Pixels_of_the_ignore_index_or_of_weight_zero_do_not_count()
    {
        using var scope = NewDisposeScope();
        using var network = new TwoOutputs();
        using var loss = new SegmentationLoss(network, [1, 0, 1, 1], ignoreIndex: 255, CPU);

        Assert.False(loss.Counts(full([1, 4, 4], 255, dtype: ScalarType.Byte)));
        Assert.False(loss.Counts(full([1, 4, 4], 1, dtype: ScalarType.Byte)));
        Assert.True(loss.Counts(full([1, 4, 4], 3, dtype: ScalarType.Byte)));
    }

    /// <summary>Says of itself what a network with an auxiliary output says.</summary>
    private sealed class TwoOutputs() : Network(nameof(TwoOutputs))
    {
        public override IReadOnlyList<double> OutputWeights => [1, 0.4];

        public override Tensor[] forward(Tensor images) => throw new NotSupportedException();
    }
}

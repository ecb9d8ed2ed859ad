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

        var value = loss.Of(outputs, new(labels.to_type(ScalarType.Byte)));
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

        Assert.False(loss.Counts(new(full([1, 4, 4], 255, dtype: ScalarType.Byte))));
        Assert.False(loss.Counts(new(full([1, 4, 4], 1, dtype: ScalarType.Byte))));
        Assert.True(loss.Counts(new(full([1, 4, 4], 3, dtype: ScalarType.Byte))));
    }

    [Fact]
    public void Several_losses_are_added_up_by_their_weights_and_those_of_the_outputs()
    {
        using var scope = NewDisposeScope();
        using var network = new TwoOutputs();
        LossTerm[] Terms() => [
            new CrossEntropyLoss([0.5, 2, 1], SmallCase.Ignored, CPU),
            new LovaszLoss(perImage: false, SmallCase.Ignored) { Weight = 0.5 },
        ];
        Tensor[] outputs = [SmallCase.Logits(), SmallCase.Logits().detach() * 0.5];
        var labels = SmallCase.Labels();

        foreach (var (given, used) in new (double[]?, double[])[] { (null, [1, 0.4]), ([0.3, 2], [0.3, 2]), ([0, 1], [0, 1]) })
        {
            using var loss = new SegmentationLoss(network, Terms(), given);
            double expected = 0;
            foreach (var term in Terms())
            {
                using (term)
                    expected += term.Weight * outputs.Zip(used, (output, share) => share * term.Of(output, labels, alignCorners: true).item<float>()).Sum();
            }
            Assert.Equal(expected, loss.Of(outputs, new(labels)).item<float>(), 5);
        }
    }

    [Fact]
    public void A_batch_weighs_as_much_as_its_pixels_do_in_the_first_loss()
    {
        using var scope = NewDisposeScope();
        using var network = new TwoOutputs();
        using var loss = new SegmentationLoss(network, [0.5, 2, 1, 1], ignoreIndex: 255, CPU);
        var labels = tensor(new byte[] { 0, 0, 1, 2, 255, 255 }, [1, 2, 3]);

        Assert.Equal(0.5 + 0.5 + 2 + 1, loss.Mass(new(labels)).item<double>());
    }

    /// <summary>Says of itself what a network with an auxiliary output says.</summary>
    private sealed class TwoOutputs() : Network(nameof(TwoOutputs))
    {
        public override IReadOnlyList<double> OutputWeights => [1, 0.4];

        public override Tensor[] forward(Tensor images) => throw new NotSupportedException();
    }
}

using Seg.Train.Losses;

namespace Seg.Train.Tests.Losses;

public class ClassWeightsTests
{
    [Fact]
    public void Balanced_weights_go_with_the_root_of_rarity_and_a_pixel_counts_one_on_average()
    {
        long[] pixels = [900, 100, 0];

        var weights = ClassWeights.Balanced(pixels);

        Assert.Equal(3, weights[1] / weights[0], 9);   // a ninth of the pixels, three times the weight
        Assert.Equal(weights[1], weights[2]);          // unseen: as the rarest
        Assert.Equal(1, (900 * weights[0] + 100 * weights[1]) / 1000, 9);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.25, 1.7320508)]
    [InlineData(1, 9)]
    public void The_exponent_says_how_much_rarity_counts(double exponent, double ratio)
    {
        var weights = ClassWeights.Balanced([900, 100], exponent);

        Assert.Equal(ratio, weights[1] / weights[0], 6);
        Assert.Equal(1, (900 * weights[0] + 100 * weights[1]) / 1000, 9);
    }

    [Fact]
    public void Without_any_labelled_pixel_all_classes_count_the_same() => Assert.Equal([1, 1], ClassWeights.Balanced([0, 0]));
}

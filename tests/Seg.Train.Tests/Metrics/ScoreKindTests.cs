using Seg.Train.Metrics;

namespace Seg.Train.Tests.Metrics;

public class ScoreKindTests
{
    [Theory]
    [InlineData(true, 0.5, null, true)]
    [InlineData(true, 0.5, 0.4, true)]
    [InlineData(true, 0.5, 0.5, false)]
    [InlineData(true, 0.3, 0.4, false)]
    [InlineData(false, 3.0, 4.0, true)]
    [InlineData(false, 5.0, 4.0, false)]
    [InlineData(true, double.NaN, null, false)]
    [InlineData(false, double.NaN, 1.0, false)]
    public void A_score_is_better_than_the_best_one_if_it_is_a_number_on_the_right_side_of_it(
        bool higherIsBetter, double score, double? best, bool expected) =>
        Assert.Equal(expected, new ScoreKind("key", "title", higherIsBetter).IsBetter(score, best));
}

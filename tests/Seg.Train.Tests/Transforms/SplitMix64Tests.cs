using Seg.Train.Transforms;

namespace Seg.Train.Tests.Transforms;

public class SplitMix64Tests
{
    [Fact]
    public void Gives_the_published_sequence()
    {
        // Vigna's splitmix64.c with the seed 1234567.
        var random = new SplitMix64(1234567);
        Assert.Equal([6457827717110365317UL, 3203168211198807973UL, 9817491932198370423UL, 4593380528125082431UL, 16408922859458223821UL],
            Enumerable.Range(0, 5).Select(_ => random.Next()).ToArray());
    }

    [Fact]
    public void Every_key_has_a_sequence_of_its_own()
    {
        var firsts =
            from seed in Enumerable.Range(-2, 5)
            from epoch in Enumerable.Range(0, 20)
            from index in Enumerable.Range(-1, 50)
            select SplitMix64.For(seed, epoch, index).Next();
        Assert.Equal(5 * 20 * 50, firsts.Distinct().Count());
    }

    [Fact]
    public void Whole_numbers_fill_their_range_evenly()
    {
        var random = new SplitMix64(3);
        var counts = new int[7];
        for (var i = 0; i < 70_000; i++)
            counts[random.NextInt(7)]++;
        Assert.All(counts, count => Assert.InRange(count, 9_600, 10_400));      // four standard deviations
    }

    [Fact]
    public void A_permutation_holds_each_number_once()
    {
        var order = new SplitMix64(5).Permutation(367);
        Assert.Equal(Enumerable.Range(0, 367), order.Order());
        Assert.NotEqual(Enumerable.Range(0, 367), order);
    }
}

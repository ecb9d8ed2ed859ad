using Seg.Models.Runtime.Compiled;

namespace Seg.Models.Tests.Runtime;

public class ChannelHistogramsTests
{
    [Fact]
    public void Values_that_are_spread_evenly_are_not_cut_off()
    {
        ChannelHistograms histograms = new(1);
        histograms.Add([.. Enumerable.Range(1, 10_000).Select(index => index / 100f)]);
        Assert.InRange(histograms.Scales()[0], 99f / 255, 101f / 255);
    }

    [Fact]
    public void A_value_far_from_all_others_is_cut_off()
    {
        ChannelHistograms histograms = new(1);
        histograms.Add([.. Enumerable.Range(1, 1_000_000).Select(index => index / 1_000_000f), 3f]);
        Assert.InRange(histograms.Scales()[0], 0.9f / 255, 1.5f / 255);
    }

    [Fact]
    public void Each_channel_has_its_own_scale_and_one_without_values_the_largest()
    {
        ChannelHistograms histograms = new(3);
        histograms.Add([1, 2, -5, 0, 100, 200]);
        histograms.Add([1, 2, float.NaN, -1, 100, 200]);
        var scales = histograms.Scales();
        Assert.Equal(scales[2], scales[1]);
        Assert.InRange(scales[0], 1.9f / 255, 2.1f / 255);
        Assert.InRange(scales[2], 190f / 255, 210f / 255);
    }

    [Fact]
    public void The_order_of_values_does_not_matter()
    {
        var random = new Random(1);
        var values = Enumerable.Range(0, 1000).Select(_ => MathF.Exp(10 * random.NextSingle())).ToArray();
        ChannelHistograms forward = new(1), backward = new(1);
        foreach (var value in values)
            forward.Add([value]);
        backward.Add([.. values.Reverse()]);
        Assert.Equal(forward.Scales(), backward.Scales());
    }

    [Fact]
    public void Nothing_but_zeros_has_a_scale_all_the_same()
    {
        ChannelHistograms histograms = new(2);
        histograms.Add([0, 0, 0, 0]);
        Assert.All(histograms.Scales(), scale => Assert.True(scale > 0));
    }
}

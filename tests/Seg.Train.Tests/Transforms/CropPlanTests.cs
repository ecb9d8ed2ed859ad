using Seg.Train.Transforms;

namespace Seg.Train.Tests.Transforms;

public class CropPlanTests
{
    [Fact]
    public void Scales_fill_their_range_and_the_crop_always_overlaps_the_image_as_far_as_it_can()
    {
        var config = new AugmentationConfig { CropSize = [36, 48], Scale = [0.5, 2] };
        List<double> scales = [];
        var flips = 0;
        for (var index = 0; index < 2000; index++)
        {
            var random = SplitMix64.For(1, 2, index);
            var plan = CropPlan.Draw(config, 480, 360, ref random);
            scales.Add(plan.ScaledWidth / 480.0);
            flips += plan.Flip ? 1 : 0;
            Assert.Equal(plan.ScaledWidth * 0.75, plan.ScaledHeight, tolerance: 1);
            Assert.InRange(plan.Left, 0, plan.ScaledWidth - 48);
            Assert.InRange(plan.Top, 0, plan.ScaledHeight - 36);
        }
        Assert.InRange(scales.Min(), 0.5, 0.51);
        Assert.InRange(scales.Max(), 1.99, 2);
        Assert.InRange(scales.Average(), 1.22, 1.28);
        Assert.InRange(flips, 900, 1100);
    }

    [Fact]
    public void An_image_smaller_than_the_crop_lies_wholly_inside_it_anywhere()
    {
        var config = new AugmentationConfig { CropSize = [100, 100], Scale = [1, 1] };
        HashSet<int> lefts = [];
        for (var index = 0; index < 500; index++)
        {
            var random = SplitMix64.For(0, 0, index);
            var plan = CropPlan.Draw(config, 90, 80, ref random);
            lefts.Add(plan.Left);
            Assert.InRange(plan.Left, -10, 0);
            Assert.InRange(plan.Top, -20, 0);
        }
        Assert.Equal(11, lefts.Count);
    }
}

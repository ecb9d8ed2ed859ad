using FsCheck;
using FsCheck.Fluent;
using OpenCvSharp;
using Seg.Train.Tests.Datasets;
using Seg.Train.Transforms;

namespace Seg.Train.Tests.Transforms;

public class PhotometricDistortionTests
{
    private static readonly PhotometricDistortion Neutral = new(Brightness: 0, Contrast: 1, ContrastFirst: false, Saturation: 1, Hue: 0);

    [Fact]
    public void Nothing_drawn_changes_nothing() => Check(Neutral, (b, g, r) => (b, g, r), tolerance: 0);

    [Fact]
    public void Brightness_is_added_and_clipped() => CheckEach(Neutral with { Brightness = 20 }, level => Math.Min(level + 20, 255));

    [Fact]
    public void Contrast_multiplies_and_is_clipped() => CheckEach(Neutral with { Contrast = 1.5f }, level => Math.Min(level * 1.5, 255));

    [Fact]
    public void Brightness_is_clipped_before_contrast() =>
        CheckEach(Neutral with { Brightness = 30, Contrast = 0.5f }, level => Math.Min(level + 30, 255) * 0.5);

    [Fact]
    public void Saturation_and_hue_follow_the_HSV_cone() =>
        Prop.ForAll(Gen.Choose(0, 200).ToArbitrary(), Gen.Choose(-60, 60).ToArbitrary(), (percent, tenths) =>
        {
            var distortion = Neutral with { Saturation = percent / 100f, Hue = tenths / 10f };
            Check(distortion, (b, g, r) => ByHsv(b, g, r, percent / 100.0, tenths / 10.0), tolerance: 0.51);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_order_of_contrast_and_saturation_is_as_drawn()
    {
        // Contrast first: (200, 100, 100) becomes (255, 200, 200), at half the saturation (255, 227.5, 227.5).
        // Contrast last: at half the saturation (200, 150, 150), which becomes (255, 255, 255).
        var distortion = Neutral with { Contrast = 2, Saturation = 0.5f };
        var color = new Vec3b(200, 100, 100);
        Assert.Equal(new Vec3b(255, 228, 228), One(distortion with { ContrastFirst = true }, color));
        Assert.Equal(new Vec3b(255, 255, 255), One(distortion with { ContrastFirst = false }, color));
    }

    [Fact]
    public void A_third_of_a_turn_makes_red_green() =>
        Assert.Equal(new Vec3b(10, 200, 10), One(Neutral with { Hue = 2 }, new Vec3b(10, 10, 200)));

    [Fact]
    public void Each_change_is_drawn_half_of_the_time_within_its_range()
    {
        var config = new AugmentationConfig();
        var drawn = Enumerable.Range(0, 4000).Select(index =>
        {
            var random = SplitMix64.For(0, 0, index);
            return PhotometricDistortion.Draw(config, ref random);
        }).ToArray();

        Assert.InRange(drawn.Count(one => one.Brightness != 0), 1870, 2130);
        Assert.InRange(drawn.Count(one => one.Contrast != 1), 1870, 2130);
        Assert.InRange(drawn.Count(one => one.Saturation != 1), 1870, 2130);
        Assert.InRange(drawn.Count(one => one.Hue != 0), 1870, 2130);
        Assert.InRange(drawn.Count(one => one.ContrastFirst), 1870, 2130);
        Assert.All(drawn, one => Assert.InRange(one.Brightness, -32, 32));
        Assert.All(drawn, one => Assert.InRange(one.Contrast, 0.5, 1.5));
        Assert.All(drawn, one => Assert.InRange(one.Hue, -0.6, 0.6));
        Assert.True(drawn.Max(one => one.Brightness) > 31 && drawn.Min(one => one.Brightness) < -31);
    }

    /// <summary>Applies to pictures of widths around the vectors' four pixels and compares with a formula in double precision.</summary>
    private static void Check(
        PhotometricDistortion distortion, Func<double, double, double, (double B, double G, double R)> expected, double tolerance)
    {
        foreach (var width in new[] { 1, 3, 4, 5, 6, 9, 64 })
        {
            using var image = Pictures.Noise(width, 5, seed: width);
            using var changed = image.Clone();
            distortion.Apply(changed);
            for (var y = 0; y < 5; y++)
            {
                for (var x = 0; x < width; x++)
                {
                    Vec3b before = image.At<Vec3b>(y, x), after = changed.At<Vec3b>(y, x);
                    var (b, g, r) = expected(before.Item0, before.Item1, before.Item2);
                    Assert.Equal(b, after.Item0, tolerance);
                    Assert.Equal(g, after.Item1, tolerance);
                    Assert.Equal(r, after.Item2, tolerance);
                }
            }
        }
    }

    private static void CheckEach(PhotometricDistortion distortion, Func<double, double> expected) =>
        Check(distortion, (b, g, r) => (expected(b), expected(g), expected(r)), tolerance: 0.501);

    private static Vec3b One(PhotometricDistortion distortion, Vec3b color)
    {
        using var image = Pictures.Image(1, 1, (_, _) => color);
        distortion.Apply(image);
        return image.At<Vec3b>(0, 0);
    }

    /// <summary>To HSV, changed, and back, sector by sector as textbooks have it.</summary>
    private static (double B, double G, double R) ByHsv(double b, double g, double r, double saturationFactor, double hueSixths)
    {
        double value = Math.Max(Math.Max(b, g), r), chroma = value - Math.Min(Math.Min(b, g), r);
        if (chroma == 0)
            return (b, g, r);
        var hue = value == r ? (g - b) / chroma : value == g ? (b - r) / chroma + 2 : (r - g) / chroma + 4;
        hue = ((hue + hueSixths) % 6 + 6) % 6;
        var saturation = Math.Min(chroma / value * saturationFactor, 1);
        var sector = (int)hue;
        var fraction = hue - sector;
        var low = value * (1 - saturation);
        double falling = value * (1 - saturation * fraction), rising = value * (1 - saturation * (1 - fraction));
        return sector switch
        {
            0 => (low, rising, value),
            1 => (low, value, falling),
            2 => (rising, value, low),
            3 => (value, falling, low),
            4 => (value, low, rising),
            _ => (falling, low, value),
        };
    }
}

using FsCheck;
using FsCheck.Fluent;
using OpenCvSharp;
using Seg.Models;
using Seg.Train.Tests.Datasets;
using Seg.Train.Transforms;

namespace Seg.Train.Tests.Transforms;

public class CropResamplerTests
{
    private static readonly Rgb Padding = new(11, 22, 33);

    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, int.MaxValue).ToArbitrary();

    [Fact]
    public void A_crop_at_full_size_is_the_image_itself()
    {
        using var image = Pictures.Noise(33, 21);
        using var crop = Crop(image, new CropPlan(33, 21, 33, 21, 0, 0, Flip: false));
        Assert.Equal(Pictures.Bytes(image), Pictures.Bytes(crop));
    }

    [Fact]
    public void Mirroring_twice_is_the_image_itself()
    {
        using var image = Pictures.Noise(33, 21);
        var mirror = new CropPlan(33, 21, 33, 21, 0, 0, Flip: true);
        using var once = Crop(image, mirror);
        using var twice = Crop(once, mirror);
        Assert.Equal(image.At<Vec3b>(4, 3), once.At<Vec3b>(4, 29));
        Assert.Equal(Pictures.Bytes(image), Pictures.Bytes(twice));
    }

    [Fact]
    public void A_mirrored_crop_is_the_mirror_of_the_crop() => Prop.ForAll(Seeds, seed =>
    {
        using var image = Pictures.Noise(40, 30, seed);
        var plan = Draw(seed, 40, 30) with { Flip = false };
        using var straight = Crop(image, plan);
        using var mirrored = Crop(image, plan with { Flip = true });
        using var expected = Pictures.Image(plan.Width, plan.Height, (x, y) => straight.At<Vec3b>(y, plan.Width - 1 - x));
        Assert.Equal(Pictures.Bytes(expected), Pictures.Bytes(mirrored));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_pixel_is_the_bilinear_value_at_its_place() => Prop.ForAll(Seeds, seed =>
    {
        using var image = Pictures.Noise(23, 17, seed);
        var plan = Draw(seed, 23, 17);
        using var crop = Crop(image, plan);
        for (var y = 0; y < plan.Height; y++)
        {
            for (var x = 0; x < plan.Width; x++)
            {
                var exact = Exact(image, plan, x, y);
                var found = crop.At<Vec3b>(y, x);
                // Half for rounding, and half for each weight, which is off by up to 1/512 where neighbours differ by up to 255.
                Assert.InRange(found.Item0, exact.B - 1.6, exact.B + 1.6);
                Assert.InRange(found.Item2, exact.R - 1.6, exact.R + 1.6);
            }
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Image_and_labels_stay_aligned() => Prop.ForAll(Seeds, seed =>
    {
        // Each region has its own grey level, so that a crop's pixel tells which label belongs there wherever it is not a mixture.
        using var labels = Pictures.Mask(48, 36, (x, y) => x / 8 % 3 + y / 9 % 2 * 3);
        using var image = Pictures.Image(48, 36, (x, y) => new Vec3b((byte)(labels.At<byte>(y, x) * 40), 0, 0));
        var plan = Draw(seed, 48, 36);
        using var crop = Crop(image, plan);
        var resampled = new byte[plan.Width * plan.Height];
        new CropResampler(plan, 48, 36).Labels(labels, resampled, padding: 255);
        int pure = 0, inside = 0;
        for (var y = 0; y < plan.Height; y++)
        {
            for (var x = 0; x < plan.Width; x++)
            {
                var label = resampled[y * plan.Width + x];
                var color = crop.At<Vec3b>(y, x);
                if (label == 255)
                {
                    Assert.Equal(new Vec3b(Padding.B, Padding.G, Padding.R), color);
                    continue;
                }
                inside++;
                // The nearest label's region is at least half of a bilinear mixture of two regions, a quarter of one of four.
                if (color.Item0 == label * 40)
                    pure++;
                else
                    Assert.InRange(color.Item0, label * 40 - 151, label * 40 + 151);
            }
        }
        Assert.True(inside == 0 || pure > inside / 3, $"Only {pure} of {inside} pixels have their label's colour.");
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 5)]
    [InlineData(2, 3)]
    public void The_smallest_images_work(int width, int height)
    {
        using var image = Pictures.Image(width, height, (_, _) => new Vec3b(9, 8, 7));
        using var crop = Crop(image, new CropPlan(20, 15, width * 3, height * 2, -2, -1, Flip: true));
        Assert.All(Pictures.Bytes(crop).Chunk(3), pixel => Assert.True(pixel is [9, 8, 7] or [33, 22, 11]));
        Assert.Equal(Math.Min(width * 3, 18) * Math.Min(height * 2, 14), Pictures.Bytes(crop).Chunk(3).Count(pixel => pixel is [9, 8, 7]));
    }

    [Fact]
    public void A_crop_that_misses_the_image_is_all_padding()
    {
        using var image = Pictures.Noise(10, 10);
        using var crop = Crop(image, new CropPlan(16, 16, 10, 10, 10, -16, Flip: false));
        Assert.All(Pictures.Bytes(crop).Chunk(3), pixel => Assert.Equal([33, 22, 11], pixel));
    }

    private static Mat Crop(Mat image, CropPlan plan)
    {
        var crop = new Mat(plan.Height, plan.Width, MatType.CV_8UC3);
        new CropResampler(plan, image.Cols, image.Rows).Image(image, crop, Padding);
        return crop;
    }

    private static CropPlan Draw(int seed, int width, int height)
    {
        var random = new SplitMix64((ulong)seed);
        var config = new AugmentationConfig { CropSize = [5 + random.NextInt(40), 5 + random.NextInt(40)], Scale = [0.3, 3] };
        return CropPlan.Draw(config, width, height, ref random);
    }

    /// <summary>The definition, in double precision.</summary>
    private static (double B, double R) Exact(Mat image, CropPlan plan, int x, int y)
    {
        int scaledX = plan.Left + (plan.Flip ? plan.Width - 1 - x : x), scaledY = plan.Top + y;
        if (scaledX < 0 || scaledX >= plan.ScaledWidth || scaledY < 0 || scaledY >= plan.ScaledHeight)
            return (Padding.B, Padding.R);
        var u = Math.Clamp((scaledX + 0.5) * image.Cols / plan.ScaledWidth - 0.5, 0, image.Cols - 1);
        var v = Math.Clamp((scaledY + 0.5) * image.Rows / plan.ScaledHeight - 0.5, 0, image.Rows - 1);
        int left = (int)u, top = (int)v, right = Math.Min(left + 1, image.Cols - 1), bottom = Math.Min(top + 1, image.Rows - 1);
        return (At(pixel => pixel.Item0), At(pixel => pixel.Item2));

        double At(Func<Vec3b, byte> channel)
        {
            double upper = channel(image.At<Vec3b>(top, left)) * (1 - (u - left)) + channel(image.At<Vec3b>(top, right)) * (u - left);
            double lower = channel(image.At<Vec3b>(bottom, left)) * (1 - (u - left)) + channel(image.At<Vec3b>(bottom, right)) * (u - left);
            return upper * (1 - (v - top)) + lower * (v - top);
        }
    }
}

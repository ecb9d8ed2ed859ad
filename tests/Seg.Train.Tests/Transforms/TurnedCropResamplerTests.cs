using OpenCvSharp;
using Seg.Models;
using Seg.Train.Tests.Datasets;
using Seg.Train.Transforms;

namespace Seg.Train.Tests.Transforms;

public class TurnedCropResamplerTests
{
    private static readonly Rgb Padding = new(11, 22, 33);

    [Fact]
    public void A_quarter_turn_moves_every_pixel_to_its_place()
    {
        using var image = Pictures.Noise(21, 21);
        var (crop, _) = Crop(image, new CropPlan(21, 21, 21, 21, 0, 0, Flip: false) { Angle = 90 });
        using (crop)
        {
            // Clockwise: the upper left corner comes to the upper right.
            using var expected = Pictures.Image(21, 21, (x, y) => image.At<Vec3b>(20 - x, y));
            Assert.Equal(Pictures.Bytes(expected), Pictures.Bytes(crop));
        }
    }

    [Fact]
    public void No_turn_is_what_the_straight_resampler_gives()
    {
        using var image = Pictures.Noise(40, 30);
        foreach (var flip in new[] { false, true })
        {
            var plan = new CropPlan(33, 27, 61, 47, -3, 5, flip);
            var (turned, turnedLabels) = Crop(image, plan with { Angle = 1e-12 });
            var (straight, straightLabels) = Crop(image, plan);
            using (turned)
            using (straight)
            {
                Assert.Equal(straightLabels, turnedLabels);
                Assert.All(Pictures.Bytes(straight).Zip(Pictures.Bytes(turned)), pair => Assert.InRange(pair.Second - pair.First, -2, 2));
            }
        }
    }

    [Theory]
    [InlineData(17, false)]
    [InlineData(-31, true)]
    [InlineData(180, false)]
    public void Every_pixel_is_the_bilinear_value_at_its_place(double angle, bool flip)
    {
        using var image = Pictures.Noise(23, 17);
        var plan = new CropPlan(24, 20, 31, 22, 4, -2, flip) { Angle = angle };
        var (crop, labels) = Crop(image, plan);
        var inside = 0;
        using (crop)
        {
            for (var y = 0; y < plan.Height; y++)
            {
                for (var x = 0; x < plan.Width; x++)
                {
                    var (sourceX, sourceY) = Source(plan, x, y, 23, 17);
                    var pixel = crop.At<Vec3b>(y, x);
                    if (sourceX < 0 || sourceY < 0 || sourceX >= 23 || sourceY >= 17)
                    {
                        Assert.Equal((33, 22, 11, 255), (pixel.Item0, pixel.Item1, pixel.Item2, labels[y * 24 + x]));
                        continue;
                    }
                    inside++;
                    Assert.InRange(pixel.Item1, Exact(image, sourceX, sourceY) - 1.6, Exact(image, sourceX, sourceY) + 1.6);
                    Assert.Equal((int)sourceX % 5, labels[y * 24 + x]);
                }
            }
        }
        Assert.True(inside > 100);
    }

    /// <summary>Where a crop's pixel comes from, by the words of the plan: shrunk, shifted, mirrored, turned.</summary>
    private static (double X, double Y) Source(CropPlan plan, int x, int y, int width, int height)
    {
        var angle = plan.Angle * Math.PI / 180;
        double dx = x + 0.5 - plan.Width / 2.0, dy = y + 0.5 - plan.Height / 2.0;
        double backX = plan.Width / 2.0 + Math.Cos(angle) * dx + Math.Sin(angle) * dy, backY = plan.Height / 2.0 - Math.Sin(angle) * dx + Math.Cos(angle) * dy;
        if (plan.Flip)
            backX = plan.Width - backX;
        return ((backX + plan.Left) * width / plan.ScaledWidth, (backY + plan.Top) * height / plan.ScaledHeight);
    }

    private static double Exact(Mat image, double x, double y)
    {
        double fromX = Math.Clamp(x - 0.5, 0, image.Cols - 1), fromY = Math.Clamp(y - 0.5, 0, image.Rows - 1);
        int left = (int)fromX, top = (int)fromY, right = Math.Min(left + 1, image.Cols - 1), bottom = Math.Min(top + 1, image.Rows - 1);
        double weightX = fromX - left, weightY = fromY - top;
        double Value(int row, int column) => image.At<Vec3b>(row, column).Item1;
        return (Value(top, left) * (1 - weightX) + Value(top, right) * weightX) * (1 - weightY)
            + (Value(bottom, left) * (1 - weightX) + Value(bottom, right) * weightX) * weightY;
    }

    private static (Mat Image, byte[] Labels) Crop(Mat image, CropPlan plan)
    {
        using var labels = Pictures.Mask(image.Cols, image.Rows, (x, _) => x % 5);
        var sampler = ICropSampler.Of(plan, image.Cols, image.Rows);
        var crop = new Mat(plan.Height, plan.Width, MatType.CV_8UC3);
        var classes = new byte[plan.Width * plan.Height];
        sampler.Image(image, crop, Padding);
        sampler.Labels(labels, classes, padding: 255, stride: plan.Width);
        return (crop, classes);
    }
}

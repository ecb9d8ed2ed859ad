using OpenCvSharp;
using Seg.Models;
using Seg.Train.Tests.Datasets;
using Seg.Train.Transforms;

namespace Seg.Train.Tests.Transforms;

public class TrainTransformTests
{
    [Fact]
    public void Padding_is_the_mean_colour_and_ignored()
    {
        var half = new AugmentationConfig { CropSize = [20, 20], Scale = [0.5, 0.5], Flip = 0, Photometric = false };
        var transform = new TrainTransform(half, Normalization.ImageNet, ignoreIndex: 255);
        using var image = Pictures.Image(10, 10, (_, _) => new Vec3b(255, 255, 255));
        using var labels = Pictures.Mask(10, 10, (_, _) => 2);
        var (values, classes) = (new float[20 * 20 * 3], new byte[20 * 20]);
        transform.Apply(image, labels, new SplitMix64(9), values, classes);

        Assert.Equal(25, classes.Count(label => label == 2));
        for (var pixel = 0; pixel < classes.Length; pixel++)
        {
            var red = values[pixel * 3];
            if (classes[pixel] == 2)
            {
                Assert.Equal((1 - 0.485) / 0.229, red, tolerance: 1e-5);
                continue;
            }
            Assert.Equal(255, classes[pixel]);
            Assert.InRange(red, -0.0087, 0.0087);      // half a grey level, 0.5 / 255 / 0.229
        }
    }

    [Fact]
    public void A_sample_depends_on_its_sequence_alone()
    {
        var transform = new TrainTransform(new AugmentationConfig { CropSize = [24, 32] }, Normalization.ImageNet, 255);
        using var image = Pictures.Noise(40, 30);
        using var labels = Pictures.Mask(40, 30, (x, _) => x % 3);
        float[] Run(int index)
        {
            var values = new float[24 * 32 * 3];
            transform.Apply(image, labels, SplitMix64.For(1, 2, index), values, new byte[24 * 32]);
            return values;
        }
        Assert.Equal(Run(3), Run(3));
        Assert.NotEqual(Run(3), Run(4));
    }

    [Fact]
    public void Whatever_is_drawn_the_image_is_not_touched()
    {
        var transform = new TrainTransform(new AugmentationConfig { CropSize = [24, 32] }, Normalization.ImageNet, 255);
        using var image = Pictures.Noise(40, 30);
        using var labels = Pictures.Mask(40, 30, (x, _) => x % 3);
        var (imageBefore, labelsBefore) = (Pictures.Bytes(image), Pictures.Bytes(labels));
        for (var index = 0; index < 20; index++)
            transform.Apply(image, labels, SplitMix64.For(0, 0, index), new float[24 * 32 * 3], new byte[24 * 32]);

        Assert.Equal(imageBefore, Pictures.Bytes(image));
        Assert.Equal(labelsBefore, Pictures.Bytes(labels));
    }
}

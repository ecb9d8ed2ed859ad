using OpenCvSharp;
using Seg.Models;
using Seg.Predict.Imaging;
using TorchSharp;

namespace Seg.Predict.Tests.Imaging;

public class ImageTensorTests
{
    private static readonly Normalization Uneven = new() { Mean = [0.1f, 0.5f, 0.9f], Deviation = [0.2f, 1f, 0.05f] };

    [Fact]
    public void Every_value_of_any_width_is_normalised_and_in_rgb_order()
    {
        for (var width = 1; width <= 23; width++)
        {
            using var image = TestImages.Pattern(width, 3, seed: width);
            var values = new float[width * 3 * 3];
            ImageTensor.Fill(image, values, Uneven);
            AssertNormalised(image, values);
        }
    }

    [Fact]
    public void A_region_of_a_larger_image_is_read_by_its_own_rows()
    {
        using var image = TestImages.Pattern(40, 30);
        using var region = image[new Rect(5, 7, 17, 11)];
        var values = new float[17 * 11 * 3];
        ImageTensor.Fill(region, values, Uneven);
        AssertNormalised(region, values);
    }

    [Fact]
    public void A_batch_has_its_channels_innermost_in_memory()
    {
        using Mat first = TestImages.Pattern(6, 4, seed: 1), second = TestImages.Pattern(6, 4, seed: 2);
        using var batch = ImageTensor.FromBgr([first, second], Uneven);
        Assert.Equal([2, 3, 4, 6], batch.shape);
        Assert.Equal([3 * 4 * 6, 1, 3 * 6, 3], batch.stride());
        using var pixel = batch[1, torch.TensorIndex.Colon, 2, 5];
        var bgr = TestImages.Row(second, 2).Slice(15, 3);
        Assert.Equal((bgr[2] / 255f - 0.1f) / 0.2f, pixel[0].ToSingle(), 1e-5f);
        Assert.Equal((bgr[0] / 255f - 0.9f) / 0.05f, pixel[2].ToSingle(), 1e-4f);
    }

    [Fact]
    public void Images_of_different_sizes_and_types_make_no_batch()
    {
        using Mat small = TestImages.Pattern(6, 4), large = TestImages.Pattern(7, 4), gray = new(4, 6, MatType.CV_8UC1);
        Assert.Throws<ArgumentException>(() => ImageTensor.FromBgr([small, large], Uneven));
        Assert.Throws<ArgumentException>(() => ImageTensor.FromBgr([gray], Uneven));
        Assert.Throws<ArgumentException>(() => ImageTensor.FromBgr([], Uneven));
    }

    private static void AssertNormalised(Mat image, float[] values)
    {
        for (int y = 0, index = 0; y < image.Rows; y++)
        {
            var row = TestImages.Row(image, y);
            for (var x = 0; x < image.Cols; x++)
            {
                for (var channel = 0; channel < 3; channel++, index++)
                {
                    var expected = (row[3 * x + 2 - channel] / 255.0 - Uneven.Mean[channel]) / Uneven.Deviation[channel];
                    Assert.Equal(expected, values[index], 2e-5 * Math.Max(1, Math.Abs(expected)));
                }
            }
        }
    }
}

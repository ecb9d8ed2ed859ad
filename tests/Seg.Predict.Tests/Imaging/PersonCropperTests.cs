using OpenCvSharp;
using Seg.Models;
using Seg.Models.Codecs;
using Seg.Predict.Imaging;

namespace Seg.Predict.Tests.Imaging;

public class PersonCropperTests
{
    private static readonly PersonCropper Cropper = new(48, 36, Normalization.ImageNet);

    // shared/reference/metrics/affine/crop.json: center, scale in 200 pixels (its width alone counts), rotation in degrees.
    [Theory]
    [InlineData("crop_0.png", 36, 28, 0.36, 0)]
    [InlineData("crop_1.png", 39.5, 26.25, 0.28800000000000003, 25)]
    [InlineData("crop_2.png", 26.75, 32.625, 0.5760000000000001, -110)]
    public void Crops_are_those_of_the_official_code(string name, double centerX, double centerY, double scale, double rotation)
    {
        using Mat image = ImageFile.ReadColor(Reference("image.png")), expected = ImageFile.ReadColor(Reference(name));
        using var crop = new Mat(48, 36, MatType.CV_8UC3);
        Cropper.Crop(image, Official(centerX, centerY, scale, rotation), crop);
        Assert.Equal(TestImages.Values(expected), TestImages.Values(crop));
    }

    [Fact]
    public void Any_map_gives_what_OpenCV_gives()
    {
        using var image = TestImages.Gradient(97, 61);
        var random = new Random(5);
        for (var count = 0; count < 60; count++)
        {
            var map = Official(random.Next(-20, 120), random.Next(-20, 80), 0.05 + random.NextDouble(), random.Next(-180, 180));
            using Mat crop = new(48, 36, MatType.CV_8UC3), expected = new(), rows = new(2, 3, MatType.CV_64FC1);
            rows.SetArray((double[])[map.XX, map.XY, map.X0, map.YX, map.YY, map.Y0]);
            Cv2.WarpAffine(image, expected, rows, new Size(36, 48));
            Cropper.Crop(image, map, crop);
            var differences = TestImages.Values(expected).Zip(TestImages.Values(crop), (a, b) => Math.Abs(a - b)).ToList();
            // Equal with OpenCV 4.6; versions that compute with exact weights differ by less than 1/32 of the step between two pixels.
            Assert.InRange(differences.Average(), 0, 0.5);
            Assert.InRange(differences.Max(), 0, 8);
        }
    }

    [Fact]
    public void Network_input_is_the_normalised_crop_and_black_outside()
    {
        using var large = TestImages.Pattern(80, 70);
        using var image = large[new Rect(5, 9, 60, 50)];        // rows lie apart
        using var crop = new Mat(48, 36, MatType.CV_8UC3);
        AffineMap map = new(1, 0, 10, 0, 1, -30);
        var values = new float[Cropper.ValuesPerCrop];
        Cropper.Crop(image, map, crop);
        Cropper.Fill(image, map, values);
        var expected = new float[values.Length];
        ImageTensor.Fill(crop, expected, Normalization.ImageNet);
        Assert.Equal(expected, values);
        Assert.Equal(TestImages.Row(image, 30)[..(3 * 26)], TestImages.Row(crop, 0)[30..]);
        Assert.All(TestImages.Row(crop, 0)[..30].ToArray(), value => Assert.Equal(0, value));
        Assert.All(TestImages.Row(crop, 20).ToArray(), value => Assert.Equal(0, value));
    }

    [Theory]
    [InlineData(1e9, -1e9)]
    [InlineData(-1e300, 0)]
    public void Places_far_outside_are_black(double x, double y)
    {
        using var image = TestImages.Pattern(40, 30);
        using var crop = new Mat(48, 36, MatType.CV_8UC3, Scalar.All(9));
        Cropper.Crop(image, new AffineMap(1, 0, x, 0, 1, y), crop);
        Assert.All(TestImages.Values(crop), value => Assert.Equal(0, value));
    }

    [Fact]
    public void Threads_share_a_cropper_and_nothing_is_allocated_once_it_has_run()
    {
        using var image = TestImages.Pattern(80, 70);
        var map = Official(40, 30, 0.3, 12);
        var expected = new float[Cropper.ValuesPerCrop];
        Cropper.Fill(image, map, expected);
        var batch = new float[16 * expected.Length];
        Parallel.For(0, 16, index => Cropper.Fill(image, map, batch.AsSpan(index * expected.Length, expected.Length)));
        for (var index = 0; index < 16; index++)
            Assert.Equal(expected, batch[(index * expected.Length)..((index + 1) * expected.Length)]);

        Cropper.Fill(image, map, expected);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var count = 0; count < 100; count++)
            Cropper.Fill(image, map, expected);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Wrong_images_and_buffers_are_refused()
    {
        using Mat image = TestImages.Pattern(40, 30), gray = new(30, 40, MatType.CV_8UC1), empty = new();
        var values = new float[Cropper.ValuesPerCrop];
        AffineMap map = new(1, 0, 0, 0, 1, 0);
        Assert.Throws<ArgumentException>(() => Cropper.Fill(gray, map, values));
        Assert.Throws<ArgumentException>(() => Cropper.Fill(empty, map, values));
        Assert.Throws<ArgumentException>(() => Cropper.Fill(image, map, values.AsSpan(1)));
        Assert.Throws<ArgumentException>(() => Cropper.Fill(image, new AffineMap(1, 1, 0, 1, 1, 0), values));
        Assert.Throws<ArgumentException>(() => Cropper.Crop(image, map, gray));
        foreach (var value in new[] { double.NaN, double.PositiveInfinity })
            Assert.Throws<ArgumentException>(() => Cropper.Fill(image, new AffineMap(1, 0, value, 0, 1, 0), values));
    }

    private static string Reference(string name) => Path.Combine(AppContext.BaseDirectory, "References", "affine", name);

    /// <summary>Center, scale in 200 pixels, rotation in degrees, as in the authors' code.</summary>
    private static AffineMap Official(double centerX, double centerY, double scale, double rotation) =>
        PersonCrop.Plain(centerX, centerY, scale * 200, rotation, (48, 36)).ToInput;
}

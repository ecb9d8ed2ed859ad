using System.Text.Json;
using Seg.Models.Codecs;
using Seg.Models.Configuration;

namespace Seg.Models.Tests.Codecs;

/// <summary>Crops, beside leoxiaobin's <c>get_affine_transform</c> and <c>_xywh2cs</c> and mmpose's <c>get_udp_warp_matrix</c>.</summary>
public class PersonCropTests
{
    /// <summary>The authors' scales are in units of 200 pixels.</summary>
    private const double PixelStd = 200;

    [Fact]
    public void Plain_crops_have_the_authors_matrices()
    {
        foreach (var example in Cases("affine/get_affine_transform"))
        {
            var (center, scale, shift) = (example.Numbers("center"), example.Numbers("scale"), example.Numbers("shift"));
            var (x, y) = (center[0] + scale[0] * PixelStd * shift[0], center[1] + scale[1] * PixelStd * shift[1]);
            var crop = PersonCrop.Plain(x, y, scale[0] * PixelStd, Rotation(example), Size(example));
            var map = example.GetProperty("inv").GetInt32() == 1 ? crop.ToImage : crop.ToInput;
            Agrees(example, map, matrixTolerance: 2e-5, pointTolerance: 3e-3);
        }
    }

    [Fact]
    public void Unbiased_crops_have_the_matrices_of_udp_whose_angle_has_the_other_sign()
    {
        foreach (var example in Cases("affine/get_udp_warp_matrix"))
        {
            var (center, scale) = (example.Numbers("center"), example.Numbers("scale"));
            var crop = PersonCrop.Unbiased(center[0], center[1], scale[0], scale[1], -Rotation(example), Size(example));
            Agrees(example, crop.ToInput, matrixTolerance: 1e-6, pointTolerance: 2e-4);
        }
    }

    [Fact]
    public void Mmposes_plain_matrix_is_the_same()
    {
        foreach (var example in Cases("affine/get_udp_warp_matrix").Where(example => example.TryGetProperty("get_warp_matrix", out _)))
        {
            var (center, scale) = (example.Numbers("center"), example.Numbers("scale"));
            var crop = PersonCrop.Plain(center[0], center[1], scale[0], Rotation(example), Size(example));
            SameNumbers(example.Numbers("get_warp_matrix"), Rows(crop.ToInput), 2e-5);
        }
    }

    /// <summary>Both angles turn the same way, so that a data set can be augmented without knowing the codec.</summary>
    [Fact]
    public void Unbiased_and_plain_crops_turn_alike()
    {
        var plain = PersonCrop.Plain(100, 80, 96, 30, (256, 192));
        var unbiased = PersonCrop.Unbiased(100, 80, 96, 128, 30, (256, 192));
        var ((x, y), (x2, y2)) = (plain.ToInput.Apply(120, 50), unbiased.ToInput.Apply(120, 50));
        Assert.Equal(x, x2, 1.0);
        Assert.Equal(y, y2, 1.0);
        // Whoever leans 30 degrees clockwise stands upright.
        var head = plain.ToInput.Apply(100 + 20 * Math.Sin(Math.PI / 6), 80 - 20 * Math.Cos(Math.PI / 6));
        Assert.Equal(96, head.X, 1e-9);
        Assert.Equal(128 - 40, head.Y, 1e-9);
    }

    [Fact]
    public void Heatmap_pixels_come_to_the_authors_place_in_the_image()
    {
        var example = OfficialNumbers.Json("affine/get_affine_transform").GetProperty("transform_preds");
        var (center, scale, expected) = (example.Numbers("center"), example.Numbers("scale"), example.Numbers("image_coords"));
        var places = example.Numbers("coords");
        var crop = PersonCrop.Plain(center[0], center[1], scale[0] * PixelStd, 0, (256, 192));
        for (var i = 0; i < places.Length; i += 2)
        {
            var (x, y) = crop.Invert(places[i] * 4, places[i + 1] * 4);
            Assert.Equal(expected[i], x, 3e-3);
            Assert.Equal(expected[i + 1], y, 3e-3);
        }
    }

    [Fact]
    public void Boxes_are_brought_to_the_inputs_aspect_and_padded()
    {
        foreach (var example in Cases("affine/box_to_center_scale"))
        {
            var box = example.Numbers("bbox_xywh");
            var (center, scale) = (example.Numbers("center"), example.Numbers("scale"));
            var codec = CodecFactory.Create(new HeatmapCodecConfig(), Size(example, "image_size"), TestKeypoints.Of(1));
            var crop = codec.CropOf(new((float)box[0], (float)box[1], (float)box[2], (float)box[3]));
            SameNumbers(center, [crop.CenterX, crop.CenterY], 1e-4);
            SameNumbers(scale, [crop.Width / PixelStd, crop.Height / PixelStd], 1e-4);
        }
    }

    [Fact]
    public void Scale_and_padding_multiply_and_the_udp_codec_crops_between_pixel_centres()
    {
        var codec = CodecFactory.Create(new UdpCodecConfig { Padding = 1.5 }, (256, 192), TestKeypoints.Of(1));
        var crop = codec.CropOf(new PersonBox(10, 20, 30, 40), scale: 2);
        Assert.Equal((90, 120), (crop.Width, crop.Height));
        var (x, y) = crop.ToInput.Apply(25 - 45, 40 - 60);
        Assert.Equal(0, x, 1e-9);
        Assert.Equal(0, y, 1e-9);
        (x, y) = crop.ToInput.Apply(25 + 45, 40 + 60);
        Assert.Equal(191, x, 1e-9);
        Assert.Equal(255, y, 1e-9);
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(10, -1)]
    [InlineData(float.NaN, 10)]
    [InlineData(float.PositiveInfinity, 10)]
    public void Boxes_without_area_are_refused(float width, float height)
    {
        var codec = CodecFactory.Create(new HeatmapCodecConfig(), (256, 192), TestKeypoints.Of(1));
        var fault = Assert.Throws<ArgumentException>(() => codec.CropOf(new(1, 2, width, height)));
        Assert.Contains("cannot be cropped; width and height must be above 0", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_map_without_extent_has_no_inverse() =>
        Assert.Throws<InvalidOperationException>(() => new AffineMap(1, 2, 3, 2, 4, 5).Inverse());

    private static void Agrees(JsonElement example, AffineMap map, double matrixTolerance, double pointTolerance)
    {
        SameNumbers(example.Numbers("matrix"), Rows(map), matrixTolerance);
        var (points, expected) = (example.Numbers("points"), example.Numbers("transformed"));
        for (var i = 0; i < points.Length; i += 2)
        {
            var (x, y) = map.Apply(points[i], points[i + 1]);
            Assert.Equal(expected[i], x, pointTolerance);
            Assert.Equal(expected[i + 1], y, pointTolerance);
            var (backX, backY) = map.Inverse().Apply(x, y);
            Assert.Equal(points[i], backX, 1e-6);
            Assert.Equal(points[i + 1], backY, 1e-6);
        }
    }

    private static double[] Rows(AffineMap map) => [map.XX, map.XY, map.X0, map.YX, map.YY, map.Y0];

    private static void SameNumbers(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], tolerance * Math.Max(1, Math.Abs(expected[i])));
    }

    private static JsonElement[] Cases(string name) => [.. OfficialNumbers.Json(name).GetProperty("cases").EnumerateArray()];

    private static double Rotation(JsonElement example) => example.GetProperty("rotation").GetDouble();

    private static (int Height, int Width) Size(JsonElement example, string key = "output_size") =>
        example.Numbers(key) is [var width, var height] ? ((int)height, (int)width) : throw new ArgumentException(key);
}

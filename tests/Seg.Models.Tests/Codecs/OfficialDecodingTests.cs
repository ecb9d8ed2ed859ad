using Seg.Models.Codecs;
using Seg.Models.Configuration;

namespace Seg.Models.Tests.Codecs;

/// <summary>
/// Keypoints of heatmaps inside and on the border, flat, empty, with several maxima, random: beside those that the official codes find.
/// </summary>
public class OfficialDecodingTests
{
    private const int Persons = 2, Count = 13, Stride = 4;

    private static readonly (int Height, int Width) Size = (128, 96);

    [Fact]
    public void The_highest_pixel_agrees_with_get_max_preds()
    {
        var found = Decode(new HeatmapCodecConfig { Offset = QuarterOffset.None });

        Compare("heatmaps/decode_argmax", found, place => (place.X / Stride, place.Y / Stride), 0);
        Assert.Equal(OfficialNumbers.Values("heatmaps/decode_maxvals"), found.Select(keypoint => keypoint.Score));
    }

    [Fact]
    public void The_quarter_offset_agrees_with_get_final_preds() =>
        Compare("heatmaps/decode_quarter", Decode(new HeatmapCodecConfig()), place => (place.X / Stride, place.Y / Stride), 1e-4);

    [Fact]
    public void In_the_image_keypoints_lie_where_get_final_preds_puts_them()
    {
        var decoding = OfficialNumbers.Json("heatmaps/decode");
        var (centers, scales) = (decoding.Numbers("centers"), decoding.Numbers("scales"));
        var codec = CodecFactory.Create(new HeatmapCodecConfig(), Size, TestKeypoints.Of(Count));
        PersonCrop[] crops =
        [
            .. Enumerable.Range(0, Persons).Select(i => codec.CropAround(centers[2 * i], centers[2 * i + 1], scales[2 * i] * 200)),
        ];
        var found = Decode(new HeatmapCodecConfig());
        var expected = OfficialNumbers.Values("heatmaps/decode_final");
        for (var i = 0; i < found.Length; i++)
        {
            var (x, y) = crops[i / Count].Invert(found[i].X, found[i].Y);
            Assert.Equal(expected[2 * i], x, 1e-3);
            Assert.Equal(expected[2 * i + 1], y, 1e-3);
        }
    }

    [Fact]
    public void The_quarter_offset_of_each_axis_agrees_with_mmpose() => Compare(
        "heatmaps/decode_mmpose_msra", Decode(new HeatmapCodecConfig { Offset = QuarterOffset.EachAxis, NoPeak = NoPeak.Outside }),
        place => (place.X, place.Y), 1e-4);

    [Fact]
    public void Dark_agrees_with_mmpose() =>
        Compare("heatmaps/decode_dark", Decode(new DarkCodecConfig { NoPeak = NoPeak.Outside }), place => (place.X, place.Y), 1e-3);

    /// <summary>
    /// mmpose counts the extent of the input from edge to edge here, and takes that back on the way to the image; this codec counts between
    /// centres.
    /// </summary>
    [Fact]
    public void Udp_agrees_with_mmpose()
    {
        var compared = OfficialNumbers.Json("heatmaps/decode").Numbers("udp_compare");
        var (toEdgeX, toEdgeY) = (Size.Width / (Size.Width - 1.0), Size.Height / (Size.Height - 1.0));
        Compare("heatmaps/decode_udp", Decode(new UdpCodecConfig()), place => (place.X * toEdgeX, place.Y * toEdgeY), 1e-3, compared);
    }

    [Fact]
    public void The_blurred_maps_agree_with_mmpose()
    {
        var (maps, expected) = (OfficialNumbers.Values("heatmaps/decode_heatmaps"), OfficialNumbers.Values("heatmaps/decode_blurred"));
        var (width, length) = (Size.Width / Stride, expected.Length / (Persons * Count));
        float[] blurred = new float[length], scratch = new float[length];
        for (var i = 0; i < Persons * Count; i++)
        {
            var map = maps.AsSpan(i * length, length);
            new GaussianBlur(11).Apply(map, blurred, width, scratch);
            var scale = Peak.Of(map).Value / Peak.Largest(blurred);
            for (var j = 0; j < length; j++)
                Assert.Equal(expected[i * length + j], blurred[j] * scale, 1e-5f);   // both are no number where a map is all zeros
        }
    }

    private static Keypoint[] Decode(CodecConfig config)
    {
        using var maps = OfficialNumbers.Tensor("heatmaps/decode_heatmaps");
        return [.. CodecFactory.Create(config, Size, TestKeypoints.Of(Count)).Decode(maps).SelectMany(person => person)];
    }

    private static void Compare(
        string name, Keypoint[] found, Func<Keypoint, (double X, double Y)> inTheirFrame, double tolerance, double[]? compared = null)
    {
        var expected = OfficialNumbers.Values(name);
        Assert.Equal(expected.Length, 2 * found.Length);
        for (var i = 0; i < found.Length; i++)
        {
            if (compared is not null && compared[i] == 0)
                continue;
            var (x, y) = inTheirFrame(found[i]);
            Assert.True(
                Math.Abs(x - expected[2 * i]) <= tolerance && Math.Abs(y - expected[2 * i + 1]) <= tolerance,
                $"Map {i} is decoded as ({x}, {y}), not as ({expected[2 * i]}, {expected[2 * i + 1]}).");
        }
    }
}

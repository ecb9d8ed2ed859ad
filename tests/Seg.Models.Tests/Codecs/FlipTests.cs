using Seg.Models.Codecs;
using Seg.Models.Configuration;
using static TorchSharp.torch;

namespace Seg.Models.Tests.Codecs;

/// <summary>The flip test, beside leoxiaobin's <c>flip_back</c> and <c>validate</c>.</summary>
public class FlipTests
{
    private static readonly (int Height, int Width) Size = (32, 24);

    [Fact]
    public void Maps_are_mirrored_and_moved_by_a_column_bit_by_bit_as_by_the_authors()
    {
        using var scope = NewDisposeScope();
        var output = OfficialNumbers.Tensor("flip/of_mirrored_input");

        var (shifted, mirrored) = (OfficialNumbers.Tensor("flip/flip_back_shifted"), OfficialNumbers.Tensor("flip/flip_back"));
        foreach (var config in new CodecConfig[] { new HeatmapCodecConfig(), new DarkCodecConfig() })
            TensorAssert.Same(shifted, Codec(config).FlipBack(output), "Shifted, it");
        foreach (var config in new CodecConfig[] { new HeatmapCodecConfig { FlipShift = false }, new UdpCodecConfig() })
            TensorAssert.Same(mirrored, Codec(config).FlipBack(output), "Mirrored, it");
    }

    [Theory]
    [InlineData(true, "flip/average_shifted")]
    [InlineData(false, "flip/average")]
    public void The_average_with_the_direct_output_is_theirs(bool shift, string expected)
    {
        using var scope = NewDisposeScope();
        var back = Codec(new HeatmapCodecConfig { FlipShift = shift }).FlipBack(OfficialNumbers.Tensor("flip/of_mirrored_input"));
        TensorAssert.Close(OfficialNumbers.Tensor(expected), (OfficialNumbers.Tensor("flip/direct") + back) / 2, 1e-7);
    }

    [Fact]
    public void Keypoints_of_the_average_are_theirs()
    {
        using var maps = OfficialNumbers.Tensor("flip/average_shifted");
        var expected = OfficialNumbers.Json("flip/expected").GetProperty("keypoints_of_average_shifted");
        var (places, scores) = (expected.Numbers("keypoints"), expected.Numbers("scores"));
        var found = Codec(new HeatmapCodecConfig()).Decode(maps).SelectMany(person => person).ToArray();
        Assert.Equal(places.Length, 2 * found.Length);
        for (var i = 0; i < found.Length; i++)
        {
            Assert.Equal(places[2 * i], found[i].X / 4, 1e-4);
            Assert.Equal(places[2 * i + 1], found[i].Y / 4, 1e-4);
            Assert.Equal(scores[i], found[i].Score, 1e-6);
        }
    }

    [Fact]
    public void Each_keypoint_has_the_mirror_that_the_authors_give_it()
    {
        var expected = OfficialNumbers.Json("flip/expected");
        Assert.Equal(expected.Numbers("flip_indices"), FlipKeypoints.Mirrored.Select(index => (double)index));
    }

    /// <summary>
    /// What a perfect network says of the mirrored input, mirrored back: the keypoints themselves, as exactly as the codec can.
    /// </summary>
    [Theory]
    [MemberData(nameof(PerfectNetworks))]
    public void Back_from_the_mirrored_input_keypoints_are_where_they_were(CodecConfig config, double tolerance)
    {
        var set = TestKeypoints.Of(3, [1, 2]);
        var codec = CodecFactory.Create(config, (128, 96), set);
        LabelledKeypoint[] keypoints = [new(48.2f, 30.7f, 2), new(29.3f, 61.1f, 2), new(66.6f, 90.4f, 2)];
        LabelledKeypoint[] mirrored = [.. set.Mirrored.Select(index => keypoints[index] with { X = 95 - keypoints[index].X })];
        var targets = new float[codec.TargetShape.Aggregate((product, extent) => product * extent)];
        codec.Encode(mirrored, targets, new float[3]);

        using var scope = NewDisposeScope();
        var found = codec.Decode(codec.FlipBack(tensor(targets, [1, .. codec.TargetShape.Select(extent => (long)extent)])))[0];

        for (var i = 0; i < found.Length; i++)
        {
            Assert.Equal(keypoints[i].X, found[i].X, tolerance);
            Assert.Equal(keypoints[i].Y, found[i].Y, tolerance);
        }
    }

    /// <summary>
    /// Shifted heatmaps stay a quarter of a heatmap pixel off, and the rounding of plain ones adds a half; UDP and SimCC have no such
    /// error.
    /// </summary>
    public static TheoryData<CodecConfig, double> PerfectNetworks => new()
    {
        { new HeatmapCodecConfig(), 3 },
        { new DarkCodecConfig(), 1.05 },
        { new UdpCodecConfig(), 0.02 },
        { new SimccCodecConfig(), 0.25 },
        { new SimccCodecConfig { SplitRatio = 3 }, 0.17 },
        { new SimccCodecConfig { FlipShift = false }, 0.75 },
    };

    private static KeypointSet FlipKeypoints
    {
        get
        {
            var pairs = OfficialNumbers.Json("flip/expected").GetProperty("flip_pairs");
            return TestKeypoints.Of(17, [.. OfficialNumbers.Numbers(pairs).Select(index => (int)index).Chunk(2)]);
        }
    }

    private static KeypointCodec Codec(CodecConfig config) => CodecFactory.Create(config, Size, FlipKeypoints);
}

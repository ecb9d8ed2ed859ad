using Seg.Models.Codecs;
using Seg.Models.Configuration;

namespace Seg.Models.Tests.Codecs;

/// <summary>
/// Targets, beside those of leoxiaobin's <c>generate_target</c> and of mmpose's <c>MSRAHeatmap</c> and <c>UDPHeatmap</c>.
/// </summary>
public class OfficialEncodingTests
{
    private const double Tolerance = 1e-6;

    private static readonly Dictionary<string, CodecConfig> Codecs = new()
    {
        ["msra"] = new HeatmapCodecConfig(),
        ["dark"] = new DarkCodecConfig(),
        ["udp"] = new UdpCodecConfig(),
    };

    [Theory]
    [InlineData("msra")]
    [InlineData("dark")]
    [InlineData("udp")]
    public void Agrees_on_borders_and_on_what_is_outside_or_invisible(string name)
    {
        var visible = OfficialNumbers.Values("heatmaps/encode_visible");
        var weights = OfficialNumbers.Json("heatmaps/encode").GetProperty("weights").Numbers($"encode_{name}");
        Compare(Codecs[name], (128, 96), "heatmaps/encode_keypoints", visible, $"heatmaps/encode_{name}", weights);
    }

    [Theory]
    [InlineData("msra")]
    [InlineData("dark")]
    [InlineData("udp")]
    public void Agrees_at_the_size_that_networks_are_trained_with(string name) =>
        Compare(Codecs[name], (256, 192), "heatmaps/encode_large_keypoints", [1, 1, 1, 1], $"heatmaps/encode_large_{name}", [1, 1, 1, 1]);

    private static void Compare(
        CodecConfig config, (int Height, int Width) inputSize, string places, float[] visible, string maps, double[] expectedWeights)
    {
        var (points, expected) = (OfficialNumbers.Values(places), OfficialNumbers.Values(maps));
        var codec = CodecFactory.Create(config, inputSize, TestKeypoints.Of(visible.Length));
        var keypoints = visible.Select((label, i) => new LabelledKeypoint(points[2 * i], points[2 * i + 1], (int)label)).ToArray();
        float[] targets = [.. Enumerable.Repeat(float.NaN, expected.Length)], weights = new float[visible.Length];

        codec.Encode(keypoints, targets, weights);

        Assert.Equal([visible.Length, inputSize.Height / 4, inputSize.Width / 4], codec.TargetShape);
        Assert.Equal(expectedWeights, weights.Select(weight => (double)weight));
        for (var i = 0; i < targets.Length; i++)
            Assert.Equal(expected[i], targets[i], Tolerance);
    }
}

using FsCheck;
using FsCheck.Fluent;
using Seg.Models.Codecs;
using Seg.Models.Configuration;
using static TorchSharp.torch;

namespace Seg.Models.Tests.Codecs;

/// <summary>decode(encode(x)) is near x, all over the input.</summary>
public class RoundTripTests
{
    private const int Height = 256, Width = 192;

    /// <summary>
    /// Each codec, and how far off it may be, in input pixels; half of one but where targets are rounded to heatmap pixels, of four input
    /// pixels.
    /// </summary>
    public static TheoryData<CodecConfig, double> Everywhere => new()
    {
        { new HeatmapCodecConfig { Border = BorderPeaks.Slope }, 2.001 },
        { new DarkCodecConfig { Border = BorderPeaks.Slope }, 0.1 },
        { new DarkCodecConfig { Border = BorderPeaks.Slope, Sigma = 3, BlurKernel = 17 }, 0.1 },
        { new UdpCodecConfig { Border = BorderPeaks.Slope }, 0.1 },
        { new UdpCodecConfig { Border = BorderPeaks.Slope, Sigma = 3, BlurKernel = 17 }, 0.1 },
        { new SimccCodecConfig(), 0.2501 },
        { new SimccCodecConfig { SplitRatio = 1 }, 0.5001 },
        { new SimccCodecConfig { SplitRatio = 3, Sigma = [6, 6], Normalize = true, Score = SimccScore.Probability }, 0.1668 },
    };

    /// <summary>By the authors' rules, from the fifth heatmap pixel inwards.</summary>
    public static TheoryData<CodecConfig, double> Inside => new()
    {
        { new HeatmapCodecConfig(), 2.001 },
        { new HeatmapCodecConfig { Offset = QuarterOffset.EachAxis }, 2.001 },
        { new DarkCodecConfig(), 0.1 },
        { new UdpCodecConfig(), 0.1 },
    };

    [Theory]
    [MemberData(nameof(Everywhere))]
    public void Keypoints_come_back_from_everywhere(CodecConfig config, double tolerance) => Check(config, margin: 0, tolerance);

    [Theory]
    [MemberData(nameof(Inside))]
    public void By_the_authors_rules_keypoints_come_back_from_where_the_border_is_far(CodecConfig config, double tolerance) =>
        Check(config, margin: 18, tolerance);

    /// <summary>What docs/pose-codecs.md says of the border, and why there is another way.</summary>
    [Theory]
    [MemberData(nameof(AtTheBorder))]
    public void By_the_authors_rules_a_keypoint_on_the_border_is_pixels_off(CodecConfig config, double expected) =>
        Assert.Equal(expected, LargestError(CodecFactory.Create(config, (Height, Width), TestKeypoints.Of(1)), [(Width - 1, 100)]), 0.05);

    public static TheoryData<CodecConfig, double> AtTheBorder => new()
    {
        { new HeatmapCodecConfig(), 3 }, { new DarkCodecConfig(), 3 }, { new UdpCodecConfig(), 2.03 },
    };

    /// <summary>
    /// A grid that meets every border and corner, with steps that meet every place between two heatmap pixels, and places at random.
    /// </summary>
    private static void Check(CodecConfig config, int margin, double tolerance)
    {
        var codec = CodecFactory.Create(config, (Height, Width), TestKeypoints.Of(1));
        float[] xs = [.. Steps(Width)], ys = [.. Steps(Height)];
        (float, float)[] places =
        [
            .. xs.Select((x, i) => (x, ys[i * 7 % ys.Length])), .. ys.Select((y, i) => (xs[i * 5 % xs.Length], y)), .. Corners(),
        ];
        Assert.InRange(LargestError(codec, places), 0, tolerance);

        var anywhere = Gen.Choose(0, 10_000).Two().Select(pair => (At(pair.Item1, Width), At(pair.Item2, Height))).ToArbitrary();
        Prop.ForAll(anywhere, place => LargestError(codec, [place]) <= tolerance)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithReplay(17, 19));

        IEnumerable<float> Steps(int extent) =>
            Enumerable.Range(0, (int)((extent - 1 - 2 * margin) / 0.37f)).Select(i => margin + 0.37f * i).Append(extent - 1 - margin);
        IEnumerable<(float, float)> Corners() =>
            from x in new[] { xs[0], xs[^1] } from y in new[] { ys[0], ys[^1] } select (x, y);
        float At(int place, int extent) => margin + place * (extent - 1 - 2 * margin) / 10_000f;
    }

    private static double LargestError(KeypointCodec codec, IReadOnlyList<(float X, float Y)> places)
    {
        var length = codec.TargetShape.Aggregate((product, extent) => product * extent);
        var (targets, weights) = (new float[places.Count * length], new float[1]);
        for (var i = 0; i < places.Count; i++)
        {
            codec.Encode([new(places[i].X, places[i].Y, 2)], targets.AsSpan(i * length, length), weights);
            Assert.Equal(1, weights[0]);
        }
        using var output = tensor(targets, [places.Count, .. codec.TargetShape.Select(extent => (long)extent)]);
        return codec.Decode(output).Select(person => person[0]).Zip(
            places, (found, place) => Math.Max(Math.Abs(found.X - place.X), Math.Abs(found.Y - place.Y))).Max();
    }
}

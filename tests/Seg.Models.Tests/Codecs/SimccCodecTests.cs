using Seg.Models.Codecs;
using Seg.Models.Configuration;
using static TorchSharp.torch;

namespace Seg.Models.Tests.Codecs;

/// <summary>SimCC by hand, as the formulae of mmpose's <c>SimCCLabel</c> have it.</summary>
public class SimccCodecTests
{
    private static readonly (int Height, int Width) Size = (8, 6);

    [Fact]
    public void Targets_are_Gaussians_about_the_rounded_bin_of_each_axis_columns_first()
    {
        var codec = CodecFactory.Create(new SimccCodecConfig { Sigma = [2, 3] }, Size, TestKeypoints.Of(1));
        Assert.Equal([1, 12 + 16], codec.TargetShape);
        var targets = new float[28];
        codec.Encode([new(2.25f, 5.25f, 2)], targets, new float[1]);   // bins 4.5 and 10.5, of which NumPy makes 4 and 10
        for (var i = 0; i < 12; i++)
            Assert.Equal(Math.Exp(-(i - 4) * (i - 4) / 8.0), targets[i], 1e-6);
        for (var i = 0; i < 16; i++)
            Assert.Equal(Math.Exp(-(i - 10) * (i - 10) / 18.0), targets[12 + i], 1e-6);
    }

    [Fact]
    public void Normalized_targets_are_densities()
    {
        var codec = CodecFactory.Create(new SimccCodecConfig { Sigma = [2, 2], Normalize = true }, (256, 192), TestKeypoints.Of(1));
        var targets = new float[384 + 512];
        codec.Encode([new(90, 120, 2)], targets, new float[1]);
        Assert.Equal(1, targets[..384].Sum(), 1e-5);
        Assert.Equal(1 / Math.Sqrt(8 * Math.PI), targets[180], 1e-6);
    }

    /// <summary>4.9 and 5.66 in RTMPose's configurations for 192x256.</summary>
    [Fact]
    public void The_usual_sigma_is_that_of_RTMPose()
    {
        var codec = CodecFactory.Create(new SimccCodecConfig(), (256, 192), TestKeypoints.Of(1));
        var targets = new float[384 + 512];
        codec.Encode([new(50, 60, 2)], targets, new float[1]);
        Assert.Equal(4.9, Math.Sqrt(-1 / (2 * Math.Log(targets[101]))), 0.005);
        Assert.Equal(5.66, Math.Sqrt(-1 / (2 * Math.Log(targets[384 + 121]))), 0.005);
    }

    [Fact]
    public void Three_sigmas_outside_a_keypoint_does_not_count()
    {
        var codec = CodecFactory.Create(new SimccCodecConfig { Sigma = [1, 1] }, Size, TestKeypoints.Of(3));
        var weights = new float[3];
        // Columns' bins -4 (reaching to bin 0, exclusively), -4.5 rounded to -4, and 15 (from bin 12 on, where there is none).
        codec.Encode([new(-2, 4, 2), new(-2.5f, 4, 2), new(7.5f, 4, 2)], new float[84], weights);
        Assert.Equal([1, 0, 0], weights);
    }

    [Theory]
    [InlineData(SimccScore.Output, 2)]
    [InlineData(SimccScore.Probability, 0.401818)]   // e² / (e² + 11) of the columns, less than e³ / (e³ + 15) of the rows
    public void The_score_is_the_lesser_of_the_maxima_of_both_axes(SimccScore kind, double expected)
    {
        var codec = CodecFactory.Create(new SimccCodecConfig { Score = kind }, Size, TestKeypoints.Of(1));
        var output = new float[28];
        (output[7], output[12 + 9]) = (2, 3);
        using var outputs = tensor(output, [1, 1, 28]);
        var found = codec.Decode(outputs)[0][0];
        Assert.Equal((3.5f, 4.5f), (found.X, found.Y));
        Assert.Equal(expected, found.Score, 1e-6);
    }

    [Theory]
    [InlineData(NoPeak.Outside, -0.5f)]
    [InlineData(NoPeak.Origin, 0f)]
    public void Without_a_positive_output_a_keypoint_is_nowhere(NoPeak place, float expected)
    {
        var codec = CodecFactory.Create(new SimccCodecConfig { NoPeak = place }, Size, TestKeypoints.Of(1));
        using var outputs = full([1, 1, 28], -0.25f);
        Assert.Equal(new Keypoint(expected, expected, -0.25f), codec.Decode(outputs)[0][0]);
    }

    [Fact]
    public void Mirroring_reverses_the_columns_alone_and_moves_them_by_the_shift()
    {
        var set = TestKeypoints.Of(2, [0, 1]);
        using var scope = NewDisposeScope();
        var output = arange(0, 2 * 28, ScalarType.Float32).reshape(1, 2, 28);
        var plain = CodecFactory.Create(new SimccCodecConfig { FlipShift = false }, Size, set).FlipBack(output);
        var shifted = CodecFactory.Create(new SimccCodecConfig(), Size, set).FlipBack(output);

        float[] columns = [.. Enumerable.Range(0, 12).Select(i => 28f + 11 - i)];
        float[] rows = [.. Enumerable.Range(0, 16).Select(i => 28f + 12 + i)];
        Assert.Equal([.. columns, .. rows], plain[0, 0].data<float>().ToArray());
        Assert.Equal([.. columns[1..], columns[^1], .. rows], shifted[0, 0].data<float>().ToArray());
    }
}

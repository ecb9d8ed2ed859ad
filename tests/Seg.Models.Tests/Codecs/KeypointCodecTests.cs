using Seg.Models.Codecs;
using Seg.Models.Configuration;
using static TorchSharp.torch;

namespace Seg.Models.Tests.Codecs;

/// <summary>What holds for every codec.</summary>
public class KeypointCodecTests
{
    private static readonly (int Height, int Width) Size = (64, 48);

    private static readonly KeypointSet Set = TestKeypoints.Of(3, [1, 2]);

    public static TheoryData<CodecConfig> Codecs =>
        [new HeatmapCodecConfig(), new DarkCodecConfig(), new UdpCodecConfig(), new SimccCodecConfig { Score = SimccScore.Probability }];

    [Theory]
    [MemberData(nameof(Codecs))]
    public void Keypoints_that_are_not_labelled_or_no_numbers_have_empty_targets_and_weight_0(CodecConfig config)
    {
        var codec = CodecFactory.Create(config, Size, Set);
        var (targets, weights) = Encode(codec, [new(20, 20, 0), new(float.NaN, 20, 2), new(20, 20, 1)]);
        var length = targets.Length / 3;
        Assert.Equal([0, 0, 1], weights);
        Assert.All(targets[..(2 * length)], value => Assert.Equal(0, value));
        Assert.True(targets[(2 * length)..].Max() > 0.1);
    }

    [Theory]
    [MemberData(nameof(Codecs))]
    public void Keypoints_far_away_do_not_count(CodecConfig config)
    {
        var (targets, weights) = Encode(CodecFactory.Create(config, Size, Set), [new(1e30f, 5, 2), new(5, -1e30f, 2), new(-500, -500, 1)]);
        Assert.Equal([0, 0, 0], weights);
        Assert.All(targets, value => Assert.Equal(0, value));
    }

    [Theory]
    [MemberData(nameof(Codecs))]
    public void Encoding_allocates_nothing(CodecConfig config)
    {
        var codec = CodecFactory.Create(config, Size, Set);
        LabelledKeypoint[] keypoints = [new(20, 20, 2), new(30, 40, 2), new(7, 9, 1)];
        var (targets, weights) = Encode(codec, keypoints);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10; i++)
            codec.Encode(keypoints, targets, weights);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [MemberData(nameof(Codecs))]
    public void Many_threads_encode_the_same(CodecConfig config)
    {
        var codec = CodecFactory.Create(config, Size, Set);
        var persons = Enumerable.Range(0, 40).Select(i => new LabelledKeypoint[] { new(i, 20, 2), new(30, i, 2), new(i, i, 1) }).ToArray();
        var alone = persons.Select(person => Encode(codec, person).Targets).ToArray();
        var together = new float[persons.Length][];
        Parallel.For(0, persons.Length, i => together[i] = Encode(codec, persons[i]).Targets);
        Assert.Equal(alone, together);
    }

    [Theory]
    [MemberData(nameof(Codecs))]
    public void Decoding_and_mirroring_leave_no_tensors_behind(CodecConfig config)
    {
        var codec = CodecFactory.Create(config, Size, Set);
        using var output = rand([2, .. codec.TargetShape.Select(extent => (long)extent)]);
        using var scope = NewDisposeScope();
        codec.Decode(output);
        codec.FlipBack(output).Dispose();
        Assert.Equal(0, scope.DisposablesCount);
    }

    [Theory]
    [MemberData(nameof(Codecs))]
    public void Outputs_of_other_types_and_layouts_are_decoded_alike(CodecConfig config)
    {
        var codec = CodecFactory.Create(config, Size, Set);
        using var scope = NewDisposeScope();
        var output = rand([2, .. codec.TargetShape.Select(extent => (long)extent)]).to_type(ScalarType.BFloat16).requires_grad_();
        var plain = output.detach().to_type(ScalarType.Float32);
        var expected = codec.Decode(plain);
        Assert.Equal(expected, codec.Decode(output));
        Assert.Equal(expected, codec.Decode(plain.transpose(1, 2).contiguous().transpose(1, 2)));
    }

    [Theory]
    [MemberData(nameof(Codecs))]
    public void Outputs_without_numbers_are_decoded_to_something(CodecConfig config)
    {
        var codec = CodecFactory.Create(config, Size, Set);
        long[] shape = [1, .. codec.TargetShape.Select(extent => (long)extent)];
        foreach (var value in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0, -1, 1e38f })
        {
            using var output = full(shape, value);
            Assert.Equal(3, codec.Decode(output)[0].Length);
        }
    }

    [Fact]
    public void An_output_of_another_shape_is_told()
    {
        var codec = CodecFactory.Create(new HeatmapCodecConfig(), Size, Set);
        using var output = zeros(2, 3, 8, 6);
        var fault = Assert.Throws<ArgumentException>(() => codec.Decode(output));
        Assert.StartsWith("The network gives (2, 3, 8, 6), but for inputs of 64 x 48 the codec needs (N, 3, 16, 12)", fault.Message);
        Assert.Throws<ArgumentException>(() => codec.FlipBack(output));
    }

    [Fact]
    public void Spans_of_another_length_are_refused()
    {
        var codec = CodecFactory.Create(new HeatmapCodecConfig(), Size, Set);
        var fault = Assert.Throws<ArgumentException>(() => codec.Encode(new LabelledKeypoint[2], new float[576], new float[3]));
        Assert.Equal("2 keypoints, 3 weights and 576 targets; must be 3, 3 and 576.", fault.Message);
    }

    [Fact]
    public void Inputs_that_the_stride_does_not_divide_are_refused() =>
        Assert.Equal(
            "The input of 63 x 48 pixels is no multiple of model.codec.stride 4; pad both to multiples of it.",
            Assert.Throws<InputException>(() => CodecFactory.Create(new DarkCodecConfig(), (63, 48), Set)).Message);

    [Fact]
    public void Udp_needs_two_pixels_to_count_between() =>
        Assert.Contains(
            "needs heatmaps of at least 2 x 2, not 1 x 12",
            Assert.Throws<InputException>(() => CodecFactory.Create(new UdpCodecConfig(), (4, 48), Set)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("{ name: heatmap, sigma: 0 }", "sigma is 0; must be above 0")]
    [InlineData("{ name: heatmap, stride: 0 }", "stride is 0; must be at least 1")]
    [InlineData("{ name: dark, blur_kernel: 10 }", "blur_kernel is 10; must be odd, at least 3")]
    [InlineData("{ name: udp, padding: -1 }", "padding is -1; must be above 0")]
    [InlineData("{ name: udp, flip_shift: true }", "unknown key 'flip_shift'")]
    [InlineData("{ name: simcc, split_ratio: 0 }", "split_ratio is 0; must be above 0, at most 64")]
    [InlineData("{ name: simcc, sigma: [6] }", "sigma is [6]; must be two numbers above 0, along x and y")]
    [InlineData("{ name: darc }", "did you mean 'dark'?")]
    public void Faulty_configurations_are_told(string text, string problem) => Assert.Contains(
        problem, Assert.ThrowsAny<InputException>(() => ConfigReader.Parse<CodecConfig>(text, "test")).Message, StringComparison.Ordinal);

    private static (float[] Targets, float[] Weights) Encode(KeypointCodec codec, LabelledKeypoint[] keypoints)
    {
        var targets = Enumerable.Repeat(float.NaN, codec.TargetShape.Aggregate((product, extent) => product * extent)).ToArray();
        var weights = new float[keypoints.Length];
        codec.Encode(keypoints, targets, weights);
        return (targets, weights);
    }
}

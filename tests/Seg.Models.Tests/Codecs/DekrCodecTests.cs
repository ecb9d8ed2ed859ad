using System.Text.Json;
using Seg.Models.Codecs;
using Seg.Models.Configuration;
using Seg.Models.Weights;
using static TorchSharp.torch;

namespace Seg.Models.Tests.Codecs;

/// <summary>Against the functions of DEKR's authors on made-up scenes and maps (References/dekr).</summary>
public sealed class DekrCodecTests
{
    /// <summary>Of the references about maps: 6 keypoints, two pairs of which change places in a mirrored image.</summary>
    private static readonly DekrCodecConfig SixKeypoints = new() { NmsKeypoints = 3, NmsDistance = 0.1 };

    [Fact]
    public void Targets_and_weights_are_the_authors()
    {
        var description = JsonDocument.Parse(File.ReadAllText(At("targets.json"))).RootElement;
        ScenePerson[] persons = [.. description.GetProperty("persons").EnumerateArray().Select(ToPerson)];
        byte[] mask = [.. description.GetProperty("mask").EnumerateArray().Select(value => value.GetByte())];
        var (expectedTargets, expectedWeights) = (Array("targets.npy"), Array("weights.npy"));
        float[] targets = [.. Enumerable.Repeat(float.NaN, expectedTargets.Length)], weights = [.. targets];
        new DekrCodec(new DekrCodecConfig(), Set(17)).Encode(persons, (64, 64), mask, targets, weights);

        Assert.All(expectedTargets.Zip(targets), pair => Assert.Equal(pair.First, pair.Second, tolerance: 1e-6f));
        Assert.All(expectedWeights.Zip(weights), pair => Assert.Equal(pair.First, pair.Second, tolerance: 1e-7f));
    }

    [Theory]
    [InlineData("clean")]
    [InlineData("noisy")]
    [InlineData("crowded")]
    [InlineData("random")]
    [InlineData("none")]
    public void Persons_are_found_as_the_authors_find_them(string name)
    {
        using var scope = NewDisposeScope();
        var expected = JsonDocument.Parse(File.ReadAllText(At("decode.json"))).RootElement.GetProperty(name).EnumerateArray().ToArray();
        var found = new DekrCodec(SixKeypoints, Set(6)).Decode(NpyFile.Read(At($"{name}_heatmaps.npy")), NpyFile.Read(At($"{name}_offsets.npy")));

        Assert.Equal(expected.Length, found.Length);
        foreach (var (person, pose) in expected.Zip(found))
        {
            Assert.Equal(person.GetProperty("score").GetSingle(), pose.Score, tolerance: 1e-5f);
            foreach (var (joint, keypoint) in person.GetProperty("keypoints").EnumerateArray().Zip(pose.Keypoints))
            {
                Assert.Equal(joint[0].GetSingle(), keypoint.X, tolerance: 1e-4f);
                Assert.Equal(joint[1].GetSingle(), keypoint.Y, tolerance: 1e-4f);
                Assert.Equal(joint[2].GetSingle(), keypoint.Score, tolerance: 1e-5f);
            }
        }
    }

    [Fact]
    public void Outputs_of_mirrored_inputs_come_back_as_the_authors()
    {
        using var scope = NewDisposeScope();
        DekrCodec codec = new(SixKeypoints, Set(6));
        var heatmaps = (Read("flip_h1.npy") + codec.FlipBackHeatmaps(Read("flip_h2.npy"))) / 2;
        var offsets = (Read("flip_o1.npy") + codec.FlipBackOffsets(Read("flip_o2.npy"))) / 2;
        var (height, width) = (offsets.shape[2], offsets.shape[3]);
        var places = stack([arange(width, ScalarType.Float32).expand(height, width), arange(height, ScalarType.Float32).view(-1, 1).expand(height, width)]);
        var poses = places.repeat(6, 1, 1).unsqueeze(0) - offsets;       // the authors average where keypoints lie, not how far off

        TensorAssert.Close(Read("flip_heatmaps.npy"), heatmaps, tolerance: 1e-6);
        TensorAssert.Close(Read("flip_poses.npy"), poses, tolerance: 1e-5);
    }

    [Fact]
    public void What_is_encoded_is_decoded_to_half_a_pixel()
    {
        using var scope = NewDisposeScope();
        var keypoints = Set(6);
        DekrCodec codec = new(new DekrCodecConfig { NmsKeypoints = 3 }, keypoints);
        ScenePerson[] persons = [Scene(12, 14), Scene(81, 60), Scene(118.5f, 20)];
        var shape = codec.TargetShape((96, 128));
        float[] targets = new float[shape[0] * shape[1] * shape[2]], weights = new float[targets.Length];
        codec.Encode(persons, (96, 128), [], targets, weights);
        var maps = tensor(targets).view(shape[0], shape[1], shape[2]);
        var found = codec.Decode(maps.narrow(0, 0, 7), maps.narrow(0, 7, 12));

        Assert.Equal(persons.Length, found.Length);
        foreach (var person in persons)
        {
            var nearest = found.MinBy(pose => Math.Abs(pose.Keypoints[0].X - person.Keypoints[0].X) + Math.Abs(pose.Keypoints[0].Y - person.Keypoints[0].Y))!;
            foreach (var (truth, keypoint) in person.Keypoints.Zip(nearest.Keypoints))
            {
                Assert.Equal(truth.X, keypoint.X, tolerance: 0.5f);
                Assert.Equal(truth.Y, keypoint.Y, tolerance: 0.5f);
            }
        }

        static ScenePerson Scene(float x, float y) => new(
            [.. Enumerable.Range(0, 6).Select(joint => new LabelledKeypoint(x + joint * 1.7f - 4, y + joint * joint - 8, 2))], 900, HasCenter: true);
    }

    [Fact]
    public void Persons_without_extent_or_labels_do_no_harm()
    {
        DekrCodec codec = new(new DekrCodecConfig { CenterThreshold = 0.5 }, Set(2));
        float[] targets = new float[7 * 4 * 4], weights = new float[targets.Length];
        codec.Encode([new ScenePerson([default, default], 1, HasCenter: true)], (16, 16), [], targets, weights);
        Assert.All(targets, value => Assert.Equal(0, value));

        using var scope = NewDisposeScope();
        var heatmaps = zeros(3, 4, 4);
        heatmaps[2, 1, 1] = 1;
        var places = tensor(new float[] { 1, 1 }).view(2, 1, 1);
        var pose = Assert.Single(codec.Decode(heatmaps, zeros(4, 4, 4) + cat([places, places])));
        Assert.Equal(0, pose.Score);
    }

    [Fact]
    public void Maps_and_spans_that_do_not_fit_are_refused()
    {
        DekrCodec codec = new(new DekrCodecConfig(), Set(2));
        using var scope = NewDisposeScope();

        Assert.Contains("with 2 keypoints they are (3, h, w) and (4, h, w).", Assert.Throws<ArgumentException>(() => codec.Decode(zeros(3, 4, 4), zeros(3, 4, 4))).Message);
        Assert.Contains("are not those of maps (7, 4, 4)", Assert.Throws<ArgumentException>(() => codec.Encode([], (16, 16), [], new float[3], new float[3])).Message);
    }

    [Theory]
    [InlineData("sigma: 0", "sigma")]
    [InlineData("background_weight: 1.5", "background_weight")]
    [InlineData("offset_radius: 0", "offset_radius")]
    [InlineData("nms_keypoints: -1", "nms_keypoints")]
    public void Options_out_of_range_are_named(string option, string key) =>
        Assert.Contains(key, Assert.Throws<ConfigException>(() => ConfigReader.Parse<DekrCodecConfig>($"{{{option}}}", "test")).Message);

    [Theory]
    [InlineData(8, 8, "model.codec.nms_keypoints=4")]
    [InlineData(1, 8, "model.codec.nms_keypoints=0")]
    [InlineData(9, 8, null)]
    [InlineData(1, 0, null)]
    public void Persons_must_be_able_to_share_enough_keypoints(int keypoints, int shared, string? remedy)
    {
        BottomUpPoseConfig config = new() { NumClasses = keypoints, Backbone = new HRNetConfig { Width = 4 }, Codec = new() { NmsKeypoints = shared } };
        if (remedy is null)
            Assert.Empty(config.Faults());
        else
            Assert.Contains(remedy, Assert.Single(config.Faults()).Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2f, 1)]
    [InlineData(4f, 2)]
    public void Persons_of_one_keypoint_are_one_where_they_are_near(float apart, int left)
    {
        (ScenePose, float)[] persons = [(Point(10), 0.5f), (Point(10 + apart), 0.7f)];
        Assert.Equal(left, PoseSuppression.Keep(persons, distance: 0.05, shared: 0).Count);

        static ScenePose Point(float x) => new([new Keypoint(x, 10, 1)], 1);
    }

    private static KeypointSet Set(int count)
    {
        int[][] pairs = count == 6 ? [[1, 2], [3, 4]] : [];
        return new KeypointSet
        {
            Names = [.. Enumerable.Range(0, count).Select(index => $"k{index}")],
            Sigmas = [.. Enumerable.Repeat(0.1, count)],
            Colors = new Rgb[count],
            FlipPairs = pairs,
        };
    }

    private static ScenePerson ToPerson(JsonElement person) => new(
        [.. person.GetProperty("keypoints").EnumerateArray().Select(joint => new LabelledKeypoint(joint[0].GetSingle(), joint[1].GetSingle(), (int)joint[2].GetDouble()))],
        person.GetProperty("area").GetDouble(), person.GetProperty("center").GetBoolean());

    private static string At(string file) => Path.Combine(AppContext.BaseDirectory, "References", "dekr", file);

    private static Tensor Read(string file) => NpyFile.Read(At(file));

    private static float[] Array(string file)
    {
        using var tensor = Read(file);
        return tensor.data<float>().ToArray();
    }
}

using Seg.Models;
using Seg.Models.Codecs;
using Seg.Models.Configuration;
using Seg.Train.Datasets.Keypoints;
using Seg.Train.Transforms;

namespace Seg.Train.Tests.Transforms;

public sealed class SceneTransformTests : IDisposable
{
    private const int Size = 64, Stride = 4, Keypoints = 3;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Heatmaps_stand_where_turned_scaled_moved_and_mirrored_images_show_the_keypoints(double flip)
    {
        using var scenes = Open();
        var checkedPlaces = 0;
        for (var seed = 0; seed < 40; seed++)
        {
            var (values, targets, _) = Apply(scenes, seed, new() { Size = [Size, Size], Scale = [0.8, 1.2], Rotation = 40, Translation = 0.1, Flip = flip });
            for (var keypoint = 0; keypoint < Keypoints; keypoint++)
            {
                var map = targets.AsSpan(keypoint * 256, 256);
                var peak = map.IndexOf(Max(map));
                if (map[peak] < 0.97f)
                    continue;   // between two map positions, or outside
                // R, G, B of head, left and right; a mirrored image shows a left foot where the right one was.
                var channel = (keypoint, flip) switch { (0, _) => 2, (1, 0) or (2, 1) => 0, _ => 1 };
                var pixel = ((peak / 16 * Stride * Size) + (peak % 16 * Stride)) * 3;
                Assert.True(values[pixel + channel] > 0.9f, $"Seed {seed}, keypoint {keypoint}: no dot at its heatmap's peak.");
                Assert.True(values[pixel + (channel + 1) % 3] < 0.6f, $"Seed {seed}, keypoint {keypoint}: the dot has another colour.");
                checkedPlaces++;
            }
        }
        Assert.True(checkedPlaces > 8, $"Only {checkedPlaces} places were looked at.");
    }

    [Fact]
    public void People_without_known_keypoints_are_left_out_of_the_loss()
    {
        using var scenes = Open();
        var (_, _, weights) = Apply(scenes, seed: 1, new() { Size = [Size, Size], Scale = [1, 1], Rotation = 0, Translation = 0, Flip = 0 });

        // The image fills the input; the box lies in its upper left corner.
        Assert.Equal(0, weights[0]);
        Assert.True(weights[3] > 0);

        (_, _, weights) = Apply(scenes, seed: 1, new() { Size = [Size, Size], Scale = [1.5, 1.5], Rotation = 0, Translation = 0, Flip = 0 });
        // With black around it the image begins at (10.7, 10.7) of the input: at the third map position.
        Assert.True(weights[0] > 0);
        Assert.Equal(0, weights[3 * 16 + 3]);
    }

    [Fact]
    public void The_same_sequence_makes_the_same_sample()
    {
        using var scenes = Open();
        SceneAugmentationConfig config = new() { Size = [Size, Size], Photometric = new PhotometricConfig() };

        var (first, second) = (Apply(scenes, 5, config), Apply(scenes, 5, config));
        Assert.Equal(first.Values, second.Values);
        Assert.Equal(first.Targets, second.Targets);
        Assert.NotEqual(first.Targets, Apply(scenes, 6, config).Targets);
    }

    [Theory]
    [InlineData("size: [100, 128]", "size")]
    [InlineData("scale: [1.5, 1]", "scale")]
    [InlineData("rotation: 200", "rotation")]
    [InlineData("translation: -1", "translation")]
    [InlineData("flip: 2", "flip")]
    public void Options_out_of_range_are_named(string option, string key) =>
        Assert.Contains(key, Assert.Throws<ConfigException>(() => ConfigReader.Parse<SceneAugmentationConfig>($"{{{option}}}", "test")).Message);

    private SceneDataset Open()
    {
        TinyScenes.Write(folder.At("scenes"));
        return KeypointDatasetFactory.CreateScenes((PoseDataConfig)TinyScenes.Config(folder.At("scenes")).Data!, "train", withPeople: true);
    }

    private static (float[] Values, float[] Targets, float[] Weights) Apply(SceneDataset scenes, int seed, SceneAugmentationConfig config)
    {
        DekrCodec codec = new(new DekrCodecConfig { FlipShift = false, LeastArea = 0, Sigma = 1 }, scenes.Keypoints);
        SceneTransform transform = new(config, new Normalization { Mean = [0, 0, 0], Deviation = [1, 1, 1] }, codec);
        float[] values = new float[Size * Size * 3], targets = new float[10 * 256], weights = new float[targets.Length];
        using var sample = scenes.Read(seed % scenes.Count);
        transform.Apply(sample, SplitMix64.For(seed, 0, 0), values, targets, weights);
        return (values, targets, weights);
    }

    private static float Max(ReadOnlySpan<float> values)
    {
        var largest = values[0];
        foreach (var value in values)
            largest = Math.Max(largest, value);
        return largest;
    }
}

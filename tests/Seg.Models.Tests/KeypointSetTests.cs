using Seg.Models.Configuration;
using Seg.Models.Tests.Codecs;

namespace Seg.Models.Tests;

public class KeypointSetTests
{
    public static TheoryData<string> Named =>
    [
        .. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "configs", "keypoints"), "*.yaml")
            .Select(path => Path.GetFileNameWithoutExtension(path)).Order(),
    ];

    [Theory]
    [MemberData(nameof(Named))]
    public void A_named_set_holds_together_and_left_and_right_differ_in_colour(string name)
    {
        var set = KeypointSet.Read(name);
        Assert.Empty(set.Faults());
        var mirrored = set.Mirrored;
        Assert.All(Enumerable.Range(0, set.Count), index => Assert.Equal(index, mirrored[mirrored[index]]));
        foreach (var (index, keypoint) in set.Names.Index())
        {
            var other = keypoint.Replace("left", "#").Replace("right", "left").Replace("#", "right");
            Assert.Equal(other, set.Names[mirrored[index]]);
            Assert.True(other == keypoint || set.Colors[index] != set.Colors[mirrored[index]], $"{keypoint} has its mirror's colour.");
        }
        Assert.All(set.Skeleton, limb => Assert.Equal(2, limb.Distinct().Count()));
        Assert.Equal(set.Skeleton.Length, set.Skeleton.Select(limb => (limb.Min(), limb.Max())).Distinct().Count());
    }

    [Fact]
    public void Coco_is_that_of_cocoapi()
    {
        var set = KeypointSet.Read("coco");
        Assert.Equal(
            ["nose", "left_eye", "right_eye", "left_ear", "right_ear", "left_shoulder", "right_shoulder", "left_elbow", "right_elbow", "left_wrist",
                "right_wrist", "left_hip", "right_hip", "left_knee", "right_knee", "left_ankle", "right_ankle"],
            set.Names);
        Assert.Equal(
            [0.026, 0.025, 0.025, 0.035, 0.035, 0.079, 0.079, 0.072, 0.072, 0.062, 0.062, 0.107, 0.107, 0.087, 0.087, 0.089, 0.089], set.Sigmas);
        int[][] skeletonFromOne =
        [
            [16, 14], [14, 12], [17, 15], [15, 13], [12, 13], [6, 12], [7, 13], [6, 7], [6, 8], [7, 9], [8, 10], [9, 11], [2, 3], [1, 2], [1, 3], [2, 4],
            [3, 5], [4, 6], [5, 7],
        ];
        Assert.Equal(skeletonFromOne.Select(limb => limb.Select(index => index - 1)), set.Skeleton);
        Assert.Equal(OfficialNumbers.Json("flip/expected").Numbers("flip_indices"), set.Mirrored.Select(index => (double)index));
    }

    [Fact]
    public void Mpii_and_lsp_have_the_order_and_the_pairs_of_their_annotations()
    {
        var mpii = KeypointSet.Read("mpii");
        Assert.Equal([[0, 5], [1, 4], [2, 3], [10, 15], [11, 14], [12, 13]], mpii.FlipPairs);
        Assert.Equal(["pelvis", "thorax", "upper_neck", "head_top"], mpii.Names[6..10]);
        Assert.Equal(
            ["right_ankle", "right_knee", "right_hip", "left_hip", "left_knee", "left_ankle", "right_wrist", "right_elbow", "right_shoulder",
                "left_shoulder", "left_elbow", "left_wrist", "neck", "head_top"],
            KeypointSet.Read("lsp").Names);
    }

    [Fact]
    public void A_set_survives_its_way_through_json()
    {
        var set = KeypointSet.Read("mpii");
        var text = ConfigReader.WriteJson(set);
        Assert.Equal(text, ConfigReader.WriteJson(ConfigReader.Parse<KeypointSet>(text, "test")));
    }

    [Fact]
    public void Entries_have_defaults_and_colours_may_be_lists()
    {
        var set = Parse("{ keypoints: [{ name: a }, { name: b, color: [1, 2, 3] }, { name: c, color: \"#FF8000\" }] }").ToKeypointSet();
        Assert.Equal([KeypointSet.UsualSigma, KeypointSet.UsualSigma, KeypointSet.UsualSigma], set.Sigmas);
        Assert.Equal([new Rgb(1, 2, 3), new Rgb(255, 128, 0)], set.Colors[1..]);
        Assert.Equal([0, 1, 2], set.Mirrored);
    }

    [Theory]
    [InlineData("{ keypoints: [] }", "keypoints is an empty list; there must be at least one keypoint")]
    [InlineData("{ keypoints: [{ name: a }, { name: a }] }", "keypoints names 'a' 2 times; each keypoint needs a name of its own")]
    [InlineData("{ keypoints: [{ name: left, mirror: rihgt }, { name: right }] }", "keypoints names 'rihgt', which is no keypoint; did you mean 'right'?")]
    [InlineData("{ keypoints: [{ name: l, mirror: r }, { name: r }] }", "gives l the mirror r, which has no mirror; two keypoints that change places name each other")]
    [InlineData("{ keypoints: [{ name: l, mirror: r }, { name: r, mirror: r }] }", "gives l the mirror r, whose mirror is r")]
    [InlineData("{ keypoints: [{ name: a, sigma: 0 }] }", "keypoints[0].sigma is 0; must be above 0")]
    [InlineData("{ keypoints: [{ name: a, sigma: -0.1 }] }", "keypoints[0].sigma is -0.1; must be above 0")]
    [InlineData("{ keypoints: [{ name: '' }] }", "keypoints[0].name is empty; each keypoint needs a name")]
    [InlineData("{ keypoints: [{ name: a, color: '#12345' }] }", "keypoints[0].color is '#12345'; expected \"#rrggbb\" or a list [r, g, b]")]
    [InlineData("{ keypoints: [{ name: a, color: red }] }", "expected \"#rrggbb\" or a list [r, g, b]")]
    [InlineData("{ keypoints: [{ name: a }], skeleton: [[a, b]] }", "skeleton names 'b', which is no keypoint")]
    [InlineData("{ keypoints: [{ name: a }], skeleton: [[a, a]] }", "skeleton has [a, a]; a limb is the names of two keypoints")]
    [InlineData("{ keypoints: [{ name: a }], skeleton: [[a]] }", "skeleton has [a]; a limb is the names of two keypoints")]
    public void Faulty_sets_are_told(string text, string problem) =>
        Assert.Contains(problem, Assert.ThrowsAny<InputException>(() => Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("{ names: [], sigmas: [], colors: [] }", "names is an empty list")]
    [InlineData("{ names: [a, b], sigmas: [1], colors: [[1, 2, 3], [1, 2, 3]] }", "sigmas is [1]; must be 2 numbers above 0, one a keypoint")]
    [InlineData("{ names: [a], sigmas: [.nan], colors: [[1, 2, 3]] }", "sigmas")]
    [InlineData("{ names: [a], sigmas: [1], colors: [] }", "colors has 0 colours for 1 keypoints")]
    [InlineData("{ names: [a, b], sigmas: [1, 1], colors: [[1, 2, 3], [1, 2, 3]], skeleton: [[0, 2]] }", "skeleton must be pairs of different indices from 0 to 1")]
    [InlineData("{ names: [a, b], sigmas: [1, 1], colors: [[1, 2, 3], [1, 2, 3]], flip_pairs: [[0, 0]] }", "flip_pairs must be pairs of different indices from 0 to 1")]
    [InlineData("{ names: [a, b, c], sigmas: [1, 1, 1], colors: [[1, 2, 3], [1, 2, 3], [1, 2, 3]], flip_pairs: [[0, 1], [1, 2]] }",
        "flip_pairs names keypoint 1 2 times; each can change places with one other")]
    public void Faulty_sets_in_model_files_are_told(string text, string problem) => Assert.Contains(
        problem, Assert.ThrowsAny<InputException>(() => ConfigReader.Parse<KeypointSet>(text, "test")).Message, StringComparison.Ordinal);

    [Fact]
    public void An_unknown_set_is_told_with_the_nearest() => Assert.Equal(
        "'cocoa' is neither a file nor a keypoint set of configs/keypoints; did you mean 'coco'?",
        Assert.Throws<InputException>(() => KeypointSet.Read("cocoa")).Message);

    private static KeypointSetConfig Parse(string text) => ConfigReader.Parse<KeypointSetConfig>(text, "test");
}

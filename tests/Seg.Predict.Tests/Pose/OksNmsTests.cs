using System.Text.Json;
using Seg.Models;
using Seg.Predict.Pose;

namespace Seg.Predict.Tests.Pose;

/// <summary>Against the results of mmpose and of HRNet's authors (References/oks_nms, from ../shared/reference/metrics/oks_nms).</summary>
public sealed class OksNmsTests
{
    private static readonly double[] CocoSigmas =
        [0.026, 0.025, 0.025, 0.035, 0.035, 0.079, 0.079, 0.072, 0.072, 0.062, 0.062, 0.107, 0.107, 0.087, 0.087, 0.089, 0.089];

    [Fact]
    public void Similarity_of_two_persons_is_that_of_the_official_code()
    {
        using var file = Reference("persons.json");
        var compared = 0;
        foreach (var group in file.RootElement.EnumerateObject().Select(entry => new Group(entry.Value)))
        {
            for (var first = 0; first < group.Joints.Length; first++)
            {
                for (var second = 0; second < group.Joints.Length; second++, compared++)
                    Assert.Equal(group.Oks[first][second], group.Similarity(first, second), tolerance: 1e-9);
            }
        }
        Assert.True(compared > 2000);
    }

    [Fact]
    public void Hard_and_soft_suppression_keep_whom_the_official_code_keeps()
    {
        using var file = Reference("persons.json");
        using var expected = Reference("expected.json");
        var cases = expected.RootElement.GetProperty("cases").EnumerateArray().ToArray();
        foreach (var one in cases)
        {
            Group group = new(file.RootElement.GetProperty(one.GetProperty("group").GetString()!));
            var threshold = one.GetProperty("threshold").GetDouble();
            if (one.GetProperty("method").GetString() == "soft")
            {
                var picked = OksNms.Soft(group.Scores, (a, b) => group.Similarity(a, b), threshold, one.GetProperty("max_dets").GetInt32());
                Assert.Equal(Kept(one, "keep"), picked.Select(pick => pick.Person));
                continue;
            }
            double? visible = one.GetProperty("visibility_threshold").ValueKind == JsonValueKind.Null ? null : one.GetProperty("visibility_threshold").GetDouble();
            var scores = one.TryGetProperty("score", out _) ? group.MeanKeypointScores : group.Scores;
            Assert.Equal(Kept(one, "keep"), OksNms.Hard(scores, (a, b) => group.Similarity(a, b, visible, OksVisibility.BothPersons), threshold));
            if (visible is not null)
                Assert.Equal(Kept(one, "keep_by_leoxiaobin"), OksNms.Hard(scores, (a, b) => group.Similarity(a, b, visible), threshold));
        }
        Assert.Equal(27, cases.Length);
    }

    [Theory]
    [InlineData(false, "hard")]
    [InlineData(true, "soft")]
    public void Rescoring_gives_the_authors_results_in_their_order(bool soft, string expectedName)
    {
        using var file = Reference("rescoring.json");
        PersonNmsOptions options = new()
        {
            KeypointThreshold = file.RootElement.GetProperty("in_vis_thre").GetDouble(),
            Threshold = file.RootElement.GetProperty("oks_thre").GetDouble(),
            Soft = soft,
        };
        PersonNms nms = new(CocoSigmas, options);
        var persons = file.RootElement.GetProperty("persons").EnumerateArray().Select((person, index) => (
            Index: index, Image: person.GetProperty("image").GetInt32(), Joints: Joints(person), Area: person.GetProperty("area").GetDouble(),
            BoxScore: person.GetProperty("box_score").GetDouble())).ToArray();
        List<(int Image, int Person, double Score)> results = [];
        foreach (var image in persons.GroupBy(person => person.Image))
        {
            var members = image.ToArray();
            double[] scores = [.. members.Select(person => PersonNms.Score(person.BoxScore, person.Joints, options.KeypointThreshold))];
            results.AddRange(nms.Keep(scores, [.. members.Select(person => person.Joints)], [.. members.Select(person => person.Area)])
                .Select(kept => (image.Key, members[kept].Index, scores[kept])));
        }

        var expected = file.RootElement.GetProperty("expected").GetProperty(expectedName).EnumerateArray().ToArray();
        Assert.Equal(expected.Select(row => (row.GetProperty("image").GetInt32(), row.GetProperty("person").GetInt32())),
            results.Select(result => (result.Image, result.Person)));
        Assert.All(expected.Zip(results), pair => Assert.Equal(pair.First.GetProperty("score").GetDouble(), pair.Second.Score, tolerance: 1e-6));
    }

    [Fact]
    public void Persons_are_rescored_and_doubles_dropped()
    {
        Keypoint[] pose = [new(10, 10, 0.8f), new(20, 10, 0.4f), new(15, 30, 0.1f)];
        Person Of(float shift, float score) => new()
        {
            Keypoints = [.. pose.Select(keypoint => keypoint with { X = keypoint.X + shift })],
            Box = new PersonBox(shift, 0, 40, 40),
            Score = score,
        };
        var kept = new PersonNms([0.1, 0.1, 0.1], new PersonNmsOptions()).Apply([Of(0.2f, 0.5f), Of(0, 1), Of(30, 0.9f)]);

        Assert.Equal([0f, 30f], kept.Select(person => person.Box.X));
        Assert.Equal([0.6f, 0.54f], kept.Select(person => person.Score), (first, second) => Math.Abs(first - second) < 1e-6);
    }

    [Fact]
    public void Nobody_stays_nobody_and_equal_scores_keep_their_order()
    {
        Assert.Empty(OksNms.Hard([], (_, _) => 0, 0.9));
        Assert.Empty(OksNms.Soft([], (_, _) => 0, 0.9));
        Assert.Equal([1, 0, 2], OksNms.Hard([0.5, 0.7, 0.5], (_, _) => 0, 0.9));
        Assert.Equal([1, 0, 2], OksNms.Soft([0.5, 0.7, 0.5], (_, _) => 0, 0.9).Select(pick => pick.Person));
    }

    [Fact]
    public void Sigmas_and_poses_that_do_not_fit_are_refused()
    {
        Assert.Contains("[0.1, 0] must be one number above 0 for each keypoint", Assert.Throws<ArgumentException>(() => new Oks([0.1, 0])).Message);
        Assert.Contains("4 numbers are not x, y and score of 1 keypoints",
            Assert.Throws<ArgumentException>(() => new Oks([0.1]).Between(new double[4], 1, new double[3], 1)).Message);
    }

    private static IEnumerable<int> Kept(JsonElement one, string name) => one.GetProperty(name).EnumerateArray().Select(person => person.GetInt32());

    private static double[] Joints(JsonElement person) =>
        [.. person.GetProperty("keypoints").EnumerateArray().SelectMany(joint => joint.EnumerateArray().Select(number => number.GetDouble()))];

    private static JsonDocument Reference(string file) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "References", "oks_nms", file)));

    private sealed class Group
    {
        private readonly Oks oks;
        private readonly double[] areas;

        public Group(JsonElement group)
        {
            oks = new Oks(group.GetProperty("sigmas") is { ValueKind: JsonValueKind.Array } sigmas
                ? [.. sigmas.EnumerateArray().Select(sigma => sigma.GetDouble())]
                : CocoSigmas);
            var persons = group.GetProperty("persons").EnumerateArray().ToArray();
            Joints = [.. persons.Select(OksNmsTests.Joints)];
            areas = [.. persons.Select(person => person.GetProperty("area").GetDouble())];
            Scores = [.. persons.Select(person => person.GetProperty("score").GetDouble())];
            Oks = [.. group.GetProperty("oks").EnumerateArray().Select(row => row.EnumerateArray().Select(value => value.GetDouble()).ToArray())];
        }

        public double[][] Joints { get; }

        public double[] Scores { get; }

        public double[][] Oks { get; }

        public double[] MeanKeypointScores => [.. Joints.Select(joints => joints.Where((_, index) => index % 3 == 2).Average())];

        public double Similarity(int first, int second, double? visible = null, OksVisibility visibility = OksVisibility.SecondPerson) =>
            oks.Between(Joints[first], areas[first], Joints[second], areas[second], visible, visibility);
    }
}

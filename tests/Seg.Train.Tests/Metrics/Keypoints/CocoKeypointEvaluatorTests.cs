using System.Text.Json;
using Seg.Predict.Pose;
using Seg.Train.Metrics.Keypoints;
using static Seg.Train.Tests.Metrics.Keypoints.KeypointReferences;

namespace Seg.Train.Tests.Metrics.Keypoints;

/// <summary>Against <c>COCOeval(iouType="keypoints")</c> of cocodataset/cocoapi.</summary>
public sealed class CocoKeypointEvaluatorTests : IDisposable
{
    private static readonly double[] CocoSigmas =
        [0.026, 0.025, 0.025, 0.035, 0.035, 0.079, 0.079, 0.072, 0.072, 0.062, 0.062, 0.107, 0.107, 0.087, 0.087, 0.089, 0.089];

    private static readonly double[] JointSigmas = [0.079, 0.079, 0.072, 0.072, 0.062, 0.062, 0.107, 0.107, 0.087, 0.087, 0.089, 0.089, 0.079, 0.079];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("coco_keypoints_small")]
    [InlineData("coco_keypoints_14")]
    public void The_ten_numbers_and_all_curves_are_the_official_ones(string name)
    {
        var expected = Json(name, "expected.json");
        var scores = Evaluate(name);

        Close(Numbers(expected.GetProperty("stats")), scores.Stats.Select(stat => stat.Value), tolerance: 1e-12);
        Close(Array(name, "precision.npy"), scores.Curves.Precision, tolerance: 1e-12);
        Close(Array(name, "recall.npy"), scores.Curves.Recall, tolerance: 1e-12);
        Close(Array(name, "scores.npy"), scores.Curves.Scores, tolerance: 0);
        Assert.Equal(Array(name, "precision.npy").Length, scores.Curves.Precision.Length);
        Assert.Equal(Numbers(expected.GetProperty("iou_thresholds")), KeypointCurves.OksThresholds);
        Assert.Equal(Numbers(expected.GetProperty("recall_thresholds")), KeypointCurves.RecallThresholds);
        Assert.Equal(expected.GetProperty("counted_ground_truths").GetProperty("all").GetInt32(), scores.Persons);
        for (var range = 0; range < AreaRange.Coco.Count; range++)
        {
            var thresholds = Enumerable.Range(0, KeypointCurves.OksThresholds.Count).ToArray();
            var rangeName = AreaRange.Coco[range].Name;
            Close(Numbers(expected.GetProperty("ap_per_iou_threshold").GetProperty(rangeName)),
                thresholds.Select(threshold => scores.Curves.MeanPrecision(range, threshold)), tolerance: 1e-12);
            Close(Numbers(expected.GetProperty("ar_per_iou_threshold").GetProperty(rangeName)),
                thresholds.Select(threshold => scores.Curves.MeanRecall(range, threshold)), tolerance: 1e-12);
        }
    }

    [Theory]
    [InlineData("coco_keypoints_small")]
    [InlineData("coco_keypoints_14")]
    public void Similarities_and_matches_of_single_images_are_the_official_ones(string name)
    {
        var (truth, detections) = Read(name);
        foreach (var image in Json(name, "expected.json").GetProperty("images").EnumerateArray())
        {
            var id = image.GetProperty("image_id").GetInt64();
            ImageMatching matching = new(new Oks(Sigmas(name)), truth.Persons.Where(person => person.ImageId == id), detections.Where(found => found.ImageId == id));
            Assert.Equal(image.GetProperty("detections").EnumerateArray().Select(index => detections[index.GetInt32()]), matching.Detections);
            var oks = Matrix(image.GetProperty("oks"));
            for (var detection = 0; detection < oks.Length; detection++)
                Close(oks[detection], Enumerable.Range(0, oks[detection].Length).Select(person => matching.OksOf(detection, person)), tolerance: 1e-9);
            foreach (var range in AreaRange.Coco)
            {
                var expected = image.GetProperty($"matches_{range.Name}");
                var found = matching.Match(range);
                AssertAt("0.50", threshold: 0);
                AssertAt("0.75", threshold: 5);

                void AssertAt(string text, int threshold)
                {
                    Assert.Equal(Numbers(expected.GetProperty($"detection_matched_to_at_{text}")), found.Matched[threshold].Select(match => (double)match));
                    Assert.Equal(Numbers(expected.GetProperty($"detection_ignored_at_{text}")), found.Ignored[threshold].Select(ignored => ignored ? 1.0 : 0));
                }
            }
        }
    }

    public static TheoryData<string> CornerCases() => [.. Cases().Select(one => one.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(CornerCases))]
    public void Every_rule_gives_the_official_numbers(string name)
    {
        var one = Cases().Single(entry => entry.GetProperty("name").GetString() == name);
        var scores = Evaluate(one.GetProperty("gt").ToString(), one.GetProperty("dt").ToString(), CocoSigmas);

        Close(Numbers(one.GetProperty("stats")), scores.Stats.Select(stat => stat.Value), tolerance: 1e-12);
    }

    [Fact]
    public void Similarity_of_a_keypoint_is_the_mean_of_its_terms_over_found_persons()
    {
        TruePerson person = new() { Id = 1, ImageId = 1, Keypoints = [0, 0, 2, 50, 50, 2, 9, 9, 0], Area = 400, Box = [0, 0, 20, 20], LabelledCount = 2 };
        DetectedPerson detection = new() { ImageId = 1, Keypoints = [0, 0, 1, 50, 53, 1, 700, 9, 1], Score = 1 };
        var scores = CocoKeypointEvaluator.Evaluate([person], [detection], [0.1, 0.1, 0.1]);

        Assert.Equal(1, scores.KeypointSimilarity[0]);
        Assert.Equal(Math.Exp(-9 / (2 * 0.04 * 400)), scores.KeypointSimilarity[1], tolerance: 1e-12);
        Assert.True(double.IsNaN(scores.KeypointSimilarity[2]));     // never labelled
    }

    [Fact]
    public void Poses_that_do_not_fit_the_sigmas_are_refused()
    {
        TruePerson person = new() { Id = 1, ImageId = 1, Keypoints = [0, 0, 2], Area = 400, Box = [0, 0, 20, 20], LabelledCount = 1 };
        var error = Assert.Throws<ArgumentException>(() => CocoKeypointEvaluator.Evaluate([person], [], [0.1, 0.1]));

        Assert.Contains("3 numbers, which are not x, y and score of 2 keypoints", error.Message);
    }

    private static IEnumerable<JsonElement> Cases() => Json("coco_keypoints_corner", "cases.json").GetProperty("cases").EnumerateArray();

    private static double[] Sigmas(string name) => name == "coco_keypoints_14" ? JointSigmas : CocoSigmas;

    private static (KeypointTruth Truth, IReadOnlyList<DetectedPerson> Detections) Read(string name)
    {
        var truth = KeypointTruthFile.Read(At(name, "gt.json"));
        return (truth, KeypointDetectionFile.Read(At(name, "dt.json"), truth).Detections);
    }

    private static KeypointScores Evaluate(string name)
    {
        var (truth, detections) = Read(name);
        return CocoKeypointEvaluator.Evaluate(truth.Persons, detections, Sigmas(name));
    }

    private KeypointScores Evaluate(string truthJson, string detectionsJson, double[] sigmas)
    {
        File.WriteAllText(folder.At("gt.json"), truthJson);
        File.WriteAllText(folder.At("dt.json"), detectionsJson);
        var truth = KeypointTruthFile.Read(folder.At("gt.json"));
        return CocoKeypointEvaluator.Evaluate(truth.Persons, KeypointDetectionFile.Read(folder.At("dt.json"), truth).Detections, sigmas);
    }
}

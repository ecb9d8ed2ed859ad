using System.Text.Json;
using Seg.Models;
using Seg.Models.Weights;
using Seg.Train.Metrics.Keypoints;
using static Seg.Train.Tests.Metrics.Keypoints.KeypointReferences;

namespace Seg.Train.Tests.Metrics.Keypoints;

/// <summary>Against mmpose and HRNet's authors.</summary>
public sealed class KeypointErrorsTests
{
    private const string Case = "pck";
    private const int Joints = 16;

    [Theory]
    [InlineData("PCK@0.05 (bbox)", "norm_bbox.npy", 0.05)]
    [InlineData("PCK@0.2 (bbox)", "norm_bbox.npy", 0.2)]
    [InlineData("PCKh@0.5 (head)", "norm_head.npy", 0.5)]
    [InlineData("PCKh@0.1 (head)", "norm_head.npy", 0.1)]
    [InlineData("PCK@0.2 (torso)", "norm_torso.npy", 0.2)]
    public void Pck_is_that_of_mmpose(string name, string scales, double threshold) =>
        AssertPck(Json(Case, "expected.json").GetProperty(name), Errors().Pck(Scales(scales), threshold));

    [Fact]
    public void Area_under_the_curve_and_mean_errors_are_those_of_mmpose()
    {
        var expected = Json(Case, "expected.json");
        var errors = Errors();

        Assert.Equal(expected.GetProperty("AUC (norm_factor 30, 20 thresholds)").GetDouble(), errors.Auc(30), tolerance: 1e-6);
        Assert.Equal(expected.GetProperty("AUC (norm_factor 60, 10 thresholds)").GetDouble(), errors.Auc(60, steps: 10), tolerance: 1e-6);
        Assert.Equal(expected.GetProperty("EPE").GetDouble(), errors.Epe(), tolerance: 1e-4);
        Assert.Equal(expected.GetProperty("NME (bbox)").GetDouble(), errors.Nme(Scales("norm_bbox.npy")), tolerance: 1e-4);
    }

    [Theory]
    [InlineData(MpiiRules.Authors, "leoxiaobin MPIIDataset.evaluate", "", "Mean", "Mean@0.1")]
    [InlineData(MpiiRules.Mmpose, "mmpose MpiiPCKAccuracy(thr=0.5)", " PCK", "PCK", "PCK@0.1")]
    public void The_table_of_MPII_is_that_of_either_official_code(MpiiRules rules, string name, string suffix, string mean, string meanNarrow)
    {
        var expected = Json(Case, "expected.json").GetProperty(name);
        var scores = MpiiScores.Of(Errors(shift: 1), HeadScales(), rules);      // both add 1 to their predictions

        foreach (var (joint, percentage) in scores.PerJoint)
            Assert.Equal(expected.GetProperty($"{char.ToUpperInvariant(joint[0])}{joint[1..]}{suffix}").GetDouble(), percentage, tolerance: 1e-6);
        Assert.Equal(expected.GetProperty(mean).GetDouble(), scores.Mean, tolerance: 1e-6);
        Assert.Equal(expected.GetProperty(meanNarrow).GetDouble(), scores.MeanNarrow, tolerance: 1e-6);
        Assert.Equal(scores.Mean, scores.ToJsonObject()["mean"]!.GetValue<double>());
    }

    [Fact]
    public void Boxes_heads_and_segments_give_the_official_scales()
    {
        var truth = Persons(Array(Case, "ground_truth.npy"));
        var boxes = Array(Case, "bbox_xyxy.npy");
        var (box, head, torso) = (Array(Case, "norm_bbox.npy"), Array(Case, "norm_head.npy"), Array(Case, "norm_torso.npy"));
        var heads = HeadScales();
        for (var person = 0; person < truth.Length; person++)
        {
            var at = person * 4;
            PersonBox personBox = new((float)boxes[at], (float)boxes[at + 1], (float)(boxes[at + 2] - boxes[at]), (float)(boxes[at + 3] - boxes[at + 1]));
            Assert.Equal(box[person * 2], PixelScale.OfBox(personBox).X, tolerance: 1e-4);
            Assert.Equal(head[person * 2], heads[person].X, tolerance: 1e-4);
            var segment = PixelScale.OfSegment(Labelled(truth[person][4]), Labelled(truth[person][5]));
            if (segment.X >= 1)     // shorter ones mmpose takes from the predictions
                Assert.Equal(torso[person * 2], segment.X, tolerance: 1e-4);
        }
        Assert.Equal(0, PixelScale.OfSegment(new(1, 1, 0), new(5, 5, 2)).X);
    }

    public static TheoryData<string> EdgeCases() => [.. Edges().Select(one => one.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(EdgeCases))]
    public void Edge_cases_are_those_of_mmpose(string name)
    {
        var one = Edges().Single(entry => entry.GetProperty("name").GetString() == name);
        var predicted = one.GetProperty("predictions").EnumerateArray().Select(Matrix).ToArray();
        var truth = one.GetProperty("ground_truth").EnumerateArray().Select(Matrix).ToArray();
        var visible = Flags(one.GetProperty("visible"));
        KeypointErrors errors = new(3);
        for (var person = 0; person < predicted.Length; person++)
        {
            errors.Add([.. predicted[person].Select(joint => new Keypoint((float)joint[0], (float)joint[1], 1))],
                [.. truth[person].Zip(visible[person], (joint, isVisible) => new LabelledKeypoint((float)joint[0], (float)joint[1], isVisible ? 2 : 0))]);
        }
        PixelScale[] scales = [.. Matrix(one.GetProperty("norm")).Select(norm => new PixelScale(norm[0], norm[1]))];

        AssertPck(one, errors.Pck(scales, one.GetProperty("threshold").GetDouble()));
    }

    [Fact]
    public void A_keypoint_exactly_at_the_threshold_is_right_by_the_rule_of_the_authors()
    {
        KeypointErrors errors = new(1);
        errors.Add([new Keypoint(20, 0, 1)], [new LabelledKeypoint(0, 0, 2)]);

        Assert.Equal(0, errors.Pck([new PixelScale(40)], 0.5).Mean);
        Assert.Equal(1, errors.Pck([new PixelScale(40)], 0.5, PckBound.Inclusive).Mean);
    }

    [Fact]
    public void Persons_and_scales_that_do_not_fit_are_refused()
    {
        KeypointErrors errors = new(2);
        Assert.Contains("1 predicted and 2 true keypoints are not 2 each",
            Assert.Throws<ArgumentException>(() => errors.Add([default], [default, default])).Message);
        Assert.Contains("1 scales are not one for each of 0 persons", Assert.Throws<ArgumentException>(() => errors.Pck([new(1)], 0.2)).Message);
        Assert.Contains("MPII has 16 joints, not 2", Assert.Throws<ArgumentException>(() => MpiiScores.Of(errors, [])).Message);
    }

    [Fact]
    public void Accuracy_of_heatmaps_is_that_of_either_official_code()
    {
        using var output = NpyFile.Read(At(Case, "heatmap_output.npy"));
        using var target = NpyFile.Read(At(Case, "heatmap_target.npy"));
        var expected = Json(Case, "heatmap_accuracy.json");
        var mmpose = expected.GetProperty("mmpose pose_pck_accuracy(thr=0.05)");

        AssertPck(expected.GetProperty("leoxiaobin accuracy(hm_type=\"gaussian\")"), HeatmapAccuracy.OfAuthors(output, target));
        AssertPck(mmpose, HeatmapAccuracy.OfMmpose(output, target, Flags(mmpose.GetProperty("visible"))));
    }

    private static IEnumerable<JsonElement> Edges() => Json(Case, "edge_cases.json").GetProperty("cases").EnumerateArray();

    private static void AssertPck(JsonElement expected, PckScore found)
    {
        Close(Numbers(expected.GetProperty("per_joint")), found.PerKeypoint.Select(score => double.IsNaN(score) ? -1 : score), tolerance: 1e-6);
        Assert.Equal(expected.GetProperty("mean").GetDouble(), found.Mean, tolerance: 1e-6);
        Assert.Equal(expected.GetProperty("joints_counted").GetInt32(), found.Counted);
    }

    private static KeypointErrors Errors(float shift = 0)
    {
        var (predicted, truth, visible) = (Persons(Array(Case, "predictions.npy")), Persons(Array(Case, "ground_truth.npy")), Array(Case, "visible.npy"));
        KeypointErrors errors = new(Joints);
        for (var person = 0; person < predicted.Length; person++)
        {
            var seen = visible.AsSpan(person * Joints, Joints).ToArray();
            errors.Add([.. predicted[person].Select(joint => joint with { X = joint.X + shift, Y = joint.Y + shift })],
                [.. truth[person].Zip(seen, (joint, isSeen) => new LabelledKeypoint(joint.X, joint.Y, isSeen > 0 ? 2 : 0))]);
        }
        return errors;
    }

    private static Keypoint[][] Persons(double[] coordinates) =>
        [.. coordinates.Chunk(Joints * 2).Select(person => person.Chunk(2).Select(joint => new Keypoint((float)joint[0], (float)joint[1], 1)).ToArray())];

    private static LabelledKeypoint Labelled(Keypoint keypoint) => new(keypoint.X, keypoint.Y, 2);

    private static PixelScale[] Scales(string file) => [.. Array(Case, file).Chunk(2).Select(scale => new PixelScale(scale[0], scale[1]))];

    private static PixelScale[] HeadScales() =>
    [
        .. Array(Case, "headboxes.npy").Chunk(4)
            .Select(box => PixelScale.OfHead(new PersonBox((float)box[0], (float)box[1], (float)(box[2] - box[0]), (float)(box[3] - box[1])))),
    ];
}

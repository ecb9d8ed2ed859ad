using Seg.Models;
using Seg.Train.Datasets.Keypoints;
using Seg.Train.Metrics.Keypoints;

namespace Seg.Train.Tests.Metrics.Keypoints;

public class DistanceScoresTests
{
    private static readonly KeypointSet Lsp = KeypointSet.Read("lsp");

    [Fact]
    public void People_count_by_their_torso_and_by_the_other_one_where_that_is_not_labelled()
    {
        var whole = Joints(("left_shoulder", 0, 0), ("right_hip", 30, 40), ("right_shoulder", 0, 0), ("left_hip", 3, 4), ("neck", 0, 0));
        var half = Joints(("right_shoulder", 0, 0), ("left_hip", 3, 4), ("neck", 0, 0));
        var none = Joints(("left_shoulder", 0, 0), ("neck", 0, 0));

        var scores = Scores(offset: 5, whole, half, none);

        // A fifth of the torso is 10 pixels of the first person and 1 pixel of the second; the third has none.
        var neck = Array.IndexOf(Lsp.Names, "neck");
        Assert.Equal((0.5, 2), (scores.Pck.PerKeypoint[neck], scores.Pck.Labelled[neck]));
        Assert.Equal("torso", scores.Size);
        Assert.Equal(5, scores.Epe);
    }

    [Fact]
    public void Half_of_the_head_counts_exactly()
    {
        var person = Joints(("neck", 0, 0), ("head_top", 0, 10));

        Assert.Equal(1, Scores(offset: 5, person).Pckh!.Mean);
        Assert.Equal(0, Scores(offset: 5.01f, person).Pckh!.Mean);
    }

    [Fact]
    public void Keys_of_the_json_are_those_that_are_documented()
    {
        var json = Scores(offset: 1, Joints(("neck", 0, 0), ("head_top", 0, 10))).ToJsonObject(Lsp);

        Assert.Equal(
            ["pck", "pck_threshold", "pck_size", "pck_per_keypoint", "labelled_per_keypoint", "pckh", "auc", "epe"], json.Select(entry => entry.Key));
        Assert.Null(json["pck_per_keypoint"]!["neck"]);   // nobody's torso is labelled
        Assert.Equal(1, (double)json["epe"]!);
    }

    private static LabelledKeypoint[] Joints(params (string Name, float X, float Y)[] labelled)
    {
        var joints = new LabelledKeypoint[Lsp.Count];
        foreach (var (name, x, y) in labelled)
            joints[Array.IndexOf(Lsp.Names, name)] = new(x, y, 2);
        return joints;
    }

    /// <summary>Of people whose joints are all predicted so many pixels to the right.</summary>
    private static DistanceScores Scores(float offset, params LabelledKeypoint[][] people)
    {
        KeypointErrors errors = new(Lsp.Count);
        foreach (var joints in people)
            errors.Add([.. joints.Select(joint => new Keypoint(joint.X + offset, joint.Y, 1))], joints);
        return DistanceScores.Of(Lsp, errors, [.. people.Select(joints => new PersonAnnotation
        {
            ImagePath = "a.png",
            ImageId = 1,
            AnnotationId = 1,
            Box = new(0, 0, 100, 100),
            Keypoints = joints,
            Area = 5000,
        })]);
    }
}

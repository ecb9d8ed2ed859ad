using Seg.Models;
using Seg.Train.Datasets.Keypoints;
using Seg.Train.Metrics.Keypoints;
using Seg.Train.Tests.Datasets.Keypoints;

namespace Seg.Train.Tests.Metrics.Keypoints;

public class PoseTallyTests
{
    private static readonly KeypointSet Set = MemoryPeople.Set;

    [Fact]
    public void People_found_where_they_are_score_full_marks()
    {
        PoseTally tally = new(Set, [Truth(1), Truth(2)]);
        tally.Add([Annotation(1)], [Found(0)]);
        tally.Add([Annotation(2)], [Found(0)]);

        var scores = tally.Scores();

        Assert.Equal(1, scores.Oks.Ap, precision: 12);
        Assert.Equal(1, scores.Oks.Ar);
        Assert.Equal((1, 0), (scores.Distances!.Pck.Mean, scores.Distances.Epe));
        Assert.Equal((2, 2, "box"), (scores.Images, scores.People, scores.Distances.Size));
        Assert.Null(scores.Distances.Pckh);
    }

    [Fact]
    public void Distances_count_by_the_size_of_the_person()
    {
        PoseTally tally = new(Set, [Truth(1), Truth(2)]);
        tally.Add([Annotation(1)], [Found(5)]);    // a fifth of the box's longer side is 6
        tally.Add([Annotation(2)], [Found(7)]);

        var scores = tally.Scores();

        Assert.Equal(0.5, scores.Distances!.Pck.Mean);
        Assert.Equal(6, scores.Distances.Epe);
        Assert.Equal([2, 2, 2, 2, 0], scores.Distances.Pck.Labelled);
        Assert.Equal("joint_pck", scores.Parts.Key);
        Assert.Equal([0.5, 0.5, 0.5, 0.5, double.NaN], scores.Parts.Values.Select(part => part.Value));
    }

    [Fact]
    public void Whoever_is_not_found_is_missed_but_nobody_in_an_image_that_is_left_out()
    {
        PoseTally missed = new(Set, [Truth(1), Truth(2)]), leftOut = new(Set, [Truth(1), Truth(2)]);
        missed.Add([Annotation(1)], [Found(0)]);
        leftOut.Add([Annotation(1)], [Found(0)]);
        leftOut.LeaveOut([Annotation(2)]);

        Assert.Equal(0.5, missed.Scores().Oks.Ar);
        Assert.Equal(1, leftOut.Scores().Oks.Ar);
        Assert.Equal(1, leftOut.Scores().Images);
    }

    [Fact]
    public void Boxes_of_a_detector_have_no_distances()
    {
        PoseTally tally = new(Set, [Truth(1)]);
        tally.Add([Annotation(1) with { Keypoints = [] }], [Found(0)]);

        var scores = tally.Scores();

        Assert.Null(scores.Distances);
        Assert.Equal("joint_oks", scores.Parts.Key);
        Assert.DoesNotContain(scores.All, score => score.Kind.Key == "pck");
        Assert.Equal(PoseScores.Ap, scores.All[0].Kind);
    }

    [Fact]
    public void Doubles_of_a_person_are_dropped_and_scored_by_box_and_keypoints()
    {
        PoseTally tally = new(Set, [Truth(1)]);
        tally.Add([Annotation(1), Annotation(1) with { Score = 0.5 }], [Found(0), Found(0) with { Score = 0.5f }]);

        var scores = tally.Scores();

        Assert.Equal((2, 1), (scores.People, scores.Oks.Detections));
        Assert.Equal(1, scores.Oks.Ap, precision: 12);
    }

    private static LabelledKeypoint[] Joints => [new(20, 12, 2), new(28, 20, 2), new(12, 21, 1), new(25, 36, 2), default];

    private static PersonAnnotation Annotation(int image) => new()
    {
        ImagePath = $"{image}.png",
        ImageId = image,
        AnnotationId = image,
        Box = new(10, 8, 20, 30),
        Keypoints = Joints,
        Area = 2000,
    };

    private static TruePerson Truth(int image) => new()
    {
        Id = image,
        ImageId = image,
        Keypoints = [.. Joints.SelectMany(joint => new double[] { joint.X, joint.Y, joint.Visibility })],
        Area = 2000,
        Box = [10, 8, 20, 30],
        LabelledCount = 4,
    };

    /// <summary>The person, so many pixels to the right of where it is.</summary>
    private static Person Found(float offset) => new()
    {
        Keypoints = [.. Joints.Select(joint => new Keypoint(joint.X + offset, joint.Y, 0.9f))],
        Box = new(10, 8, 20, 30),
        Score = 1,
    };
}

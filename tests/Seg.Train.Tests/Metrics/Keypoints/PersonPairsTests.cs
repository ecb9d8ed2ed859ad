using Seg.Models;
using Seg.Predict.Pose;
using Seg.Train.Metrics.Keypoints;

namespace Seg.Train.Tests.Metrics.Keypoints;

public class PersonPairsTests
{
    private static readonly Oks Oks = new([0.1, 0.1]);

    [Fact]
    public void Each_true_person_gets_the_nearest_found_one_and_none_is_given_twice()
    {
        // OKS of a person who is off by d pixels at both joints: exp(−d² / (2 · 0.2² · 100)) = exp(−d² / 8).
        var pairs = PersonPairs.Of(Oks, [True(10), True(12), True(90)], [Found(11.5f), Found(10), Found(50)]);
        Assert.Equal([1, 0, -1], pairs.Select(pair => pair.Found));
        Assert.Equal([1, Math.Exp(-0.25 / 8), 0], pairs.Select(pair => Math.Round(pair.Oks, 12)), (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Fact]
    public void Joints_that_nobody_labelled_do_not_count_and_a_person_without_any_has_no_pair()
    {
        var half = True(10) with { Keypoints = [10, 10, 2, 500, 500, 0] };
        var pairs = PersonPairs.Of(Oks, [half, half with { Keypoints = [10, 10, 0, 12, 12, 0] }], [Found(10)]);
        Assert.Equal([(0, 1.0), (-1, 0.0)], pairs);
        Assert.True(double.IsNaN(Oks.OfLabelled(1, half.Keypoints, half.Area, Oks.JointsOf(Found(10)))));
    }

    [Fact]
    public void Nobody_is_paired_with_nobody()
    {
        Assert.Empty(PersonPairs.Of(Oks, [], [Found(1)]));
        Assert.Equal([(-1, 0.0)], PersonPairs.Of(Oks, [True(1)], []));
    }

    private static TruePerson True(double x) => new()
    {
        Id = 1,
        ImageId = 1,
        Keypoints = [x, 10, 2, x, 20, 1],
        Area = 100,
        Box = [x - 5, 5, 10, 20],
        LabelledCount = 2,
    };

    private static Person Found(float x) => new() { Keypoints = [new(x, 10, 1), new(x, 20, 1)], Box = new PersonBox(x - 5, 5, 10, 20), Score = 1 };
}

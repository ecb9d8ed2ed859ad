using Seg.Models;
using Seg.Train.Tests.Datasets.Keypoints;
using Seg.Train.Transforms;

namespace Seg.Train.Tests.Transforms;

public class HalfBodyTests
{
    /// <summary>Nose, hands and feet: the first three are the upper body.</summary>
    private static readonly LabelledKeypoint[] Whole = [new(10, 4, 2), new(20, 10, 2), new(0, 10, 2), new(14, 30, 2), new(6, 34, 1)];

    [Fact]
    public void The_upper_half_is_around_the_mean_of_its_keypoints_and_half_as_large_again()
    {
        var upper = All(Whole).Where(part => part is not null).ToArray();
        Assert.NotEmpty(upper);
        // 20 pixels wide and 6 high, for an input of 3 : 4. The feet, two keypoints, are too few for a half.
        Assert.All(upper, part => Assert.Equal((10.0, 8.0, 30.0), part!.Value));
    }

    [Fact]
    public void The_height_of_a_half_decides_where_it_is_taller_than_the_input()
    {
        LabelledKeypoint[] tall = [new(10, 0, 2), new(10, 20, 2), new(10, 40, 2), new(14, 30, 2), default];
        Assert.All(All(tall).OfType<(double X, double Y, double Width)>(), part => Assert.Equal((10, 20, 45), part));
    }

    [Fact]
    public void Halves_are_chosen_as_often_as_the_authors_do()
    {
        var set = MemoryPeople.Set with { Names = [.. "abcdef".Select(letter => $"{letter}")], UpperBody = [0, 1, 2] };
        LabelledKeypoint[] six = [new(0, 0, 2), new(1, 0, 2), new(2, 3, 2), new(0, 30, 2), new(1, 30, 2), new(2, 33, 2)];
        var parts = All(six, new() { Probability = 0.3, Keypoints = 5 }, set, draws: 4000);
        Assert.InRange(parts.Count(part => part is not null) / 4000.0, 0.28, 0.32);
        var upper = parts.Count(part => part is (_, < 10, _)) / (double)parts.Count(part => part is not null);
        Assert.InRange(upper, 0.66, 0.72);        // a normal number is below 0.5 in 69.1 % of the cases
    }

    [Fact]
    public void Few_keypoints_one_place_or_an_unknown_upper_body_leave_a_body_whole()
    {
        Assert.All(All(Whole, new() { Probability = 1, Keypoints = 5 }), part => Assert.Null(part));
        Assert.All(All([new(7, 7, 2), new(7, 7, 2), new(7, 7, 2), default, default]), part => Assert.Null(part));
        Assert.All(All([new(7, 7, 2), default, default, default, default]), part => Assert.Null(part));
        Assert.All(All(Whole, set: MemoryPeople.Set with { UpperBody = [] }), part => Assert.Null(part));
        Assert.NotNull(All(Whole, new() { Probability = 1, Keypoints = 4 })[0]);
    }

    private static (double X, double Y, double Width)?[] All(
        LabelledKeypoint[] points, HalfBodyConfig? config = null, KeypointSet? set = null, int draws = 50)
    {
        HalfBody half = new(config ?? new() { Probability = 0.8, Keypoints = 0 }, set ?? MemoryPeople.Set, aspect: 0.75);
        return [.. Enumerable.Range(0, draws).Select(seed =>
        {
            var random = SplitMix64.For(5, 0, seed);
            return half.Draw(points, ref random);
        })];
    }
}

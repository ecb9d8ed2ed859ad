using Seg.Models;
using Seg.Predict.Pose;

namespace Seg.Predict.Tests.Pose;

public class PersonTrackerTests
{
    [Fact]
    public void Persons_who_walk_past_each_other_keep_their_numbers_whatever_their_order()
    {
        var random = new Random(1);
        PersonTracker tracker = new(TestPersons.Coco.Sigmas);
        Dictionary<float, HashSet<int>> numbers = [];
        for (var frame = 0; frame < 90; frame++)
        {
            // Each is known by the score that the tracker does not look at. They swing their weight, and one is nearer.
            var lean = 6 * Math.Sin(frame * 0.4);
            Person[] persons =
            [
                TestPersons.Standing(50 + 5 * frame, 40, 200, lean, 0.9f), TestPersons.Standing(480 - 5 * frame, 60, 230, -lean, 0.8f),
                TestPersons.Standing(250, 300 + frame, 150, lean, 0.7f),
            ];
            random.Shuffle(persons);
            foreach (var person in tracker.Next(persons))
                Set(numbers, person.Score).Add(person.TrackId!.Value);
        }
        Assert.Equal(3, numbers.Count);
        Assert.All(numbers.Values, set => Assert.Single(set));
        Assert.Equal([1, 2, 3], numbers.Values.Select(set => set.Single()).Order());
    }

    [Fact]
    public void Who_is_hidden_for_a_while_is_known_again_and_who_is_away_longer_is_new()
    {
        PersonTracker tracker = new(TestPersons.Coco.Sigmas, new PersonTrackerOptions { TimeOut = 10 });
        Person here = TestPersons.Standing(100, 20, 200), other = TestPersons.Standing(400, 20, 200);
        Assert.Equal([1, 2], Numbers(tracker.Next([here, other])));
        for (var frame = 0; frame < 9; frame++)
            Assert.Equal([2], Numbers(tracker.Next([other])));
        Assert.Equal([2, 1], Numbers(tracker.Next([other, here])));
        for (var frame = 0; frame < 10; frame++)
            tracker.Next([other]);
        Assert.Equal([3, 2], Numbers(tracker.Next([here, other])));
        Assert.Empty(tracker.Next([]));
    }

    [Fact]
    public void The_most_similar_pair_is_matched_first_and_equal_ones_by_age()
    {
        PersonTracker tracker = new(TestPersons.Coco.Sigmas);
        tracker.Next([TestPersons.Standing(100, 20, 200)]);
        // Both resemble the first person; the nearer one is it.
        Assert.Equal([2, 1], Numbers(tracker.Next([TestPersons.Standing(108, 20, 200), TestPersons.Standing(101, 20, 200)])));
        PersonTracker twins = new(TestPersons.Coco.Sigmas);
        var one = TestPersons.Standing(100, 20, 200);
        Assert.Equal([1, 2], Numbers(twins.Next([one, one])));
        Assert.Equal([1, 2, 3], Numbers(twins.Next([one, one, one])));
    }

    [Fact]
    public void Unsure_keypoints_do_not_count()
    {
        PersonTracker tracker = new(TestPersons.Coco.Sigmas);
        var person = TestPersons.Standing(100, 20, 200);
        tracker.Next([person]);
        Keypoint[] scattered = [.. person.Keypoints.Select((keypoint, index) => index % 2 == 0 ? keypoint : new Keypoint(900 + index, 900, 0.1f))];
        Assert.Equal([1], Numbers(tracker.Next([person with { Keypoints = scattered }])));
        // Of whom nothing is sure, nobody knows who it is.
        Assert.Equal([2], Numbers(tracker.Next([person with { Keypoints = [.. person.Keypoints.Select(keypoint => keypoint with { Score = 0.1f })] }])));
    }

    [Fact]
    public void Persons_of_one_keypoint_keep_their_numbers_too()
    {
        PersonTracker tracker = new([0.1]);
        for (var frame = 0; frame < 20; frame++)
            Assert.Equal([1, 2], Numbers(tracker.Next([Point(10 + 5 * frame, 40), Point(200 - 5 * frame, 140)])));

        static Person Point(float x, float y) => new() { Keypoints = [new Keypoint(x, y, 0.9f)], Box = new PersonBox(x, y, 0, 0), Score = 0.9f };
    }

    private static HashSet<int> Set(Dictionary<float, HashSet<int>> numbers, float score) =>
        numbers.TryGetValue(score, out var set) ? set : numbers[score] = [];

    private static IEnumerable<int> Numbers(IEnumerable<Person> persons) => persons.Select(person => person.TrackId!.Value);
}

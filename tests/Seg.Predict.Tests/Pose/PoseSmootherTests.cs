using Seg.Models;
using Seg.Predict.Pose;

namespace Seg.Predict.Tests.Pose;

public class PoseSmootherTests
{
    private const double Rate = 25;

    [Fact]
    public void The_filter_is_the_papers()
    {
        OneEuroOptions options = new() { MinCutoff = 1.5, Beta = 0.7, SpeedCutoff = 1 };
        OneEuroFilter filter = default;
        double[] measured = [10, 11, 15, 14, 30];
        List<double> expected = [], actual = [];
        // Algorithm 1 and 2 of Casiez et al. as they stand there; its speed is of the filtered value.
        double value = measured[0], speed = 0;
        foreach (var next in measured)
        {
            if (expected.Count > 0)
            {
                speed = Low((next - value) * Rate, speed, 1);
                value = Low(next, value, 1.5 + 0.7 * Math.Abs(speed));
            }
            expected.Add(value);
            actual.Add(filter.Next(next, 1 / Rate, unit: 1, options));
        }
        for (var index = 0; index < measured.Length; index++)
            Assert.Equal(expected[index], actual[index], 1e-12);

        static double Low(double next, double last, double cutoff)
        {
            double te = 1 / Rate, tau = 1 / (2 * Math.PI * cutoff), alpha = 1 / (1 + tau / te);
            return alpha * next + (1 - alpha) * last;
        }
    }

    [Theory]
    [InlineData(100)]
    [InlineData(1000)]
    public void A_resting_person_shakes_less_and_a_moving_one_hardly_lags(double height)
    {
        var random = new Random(2);
        PoseSmoother smoother = new(Rate, timeOut: 25);
        List<double> before = [], after = [];
        for (var frame = 0; frame < 100; frame++)
        {
            var person = Shaken(TestPersons.Standing(0, 0, height), 0.01 * height, random);
            var smooth = smoother.Next([person])[0];
            if (frame < 25)
                continue;
            before.Add(person.Keypoints[9].X);
            after.Add(smooth.Keypoints[9].X);
        }
        Assert.True(Deviation(after) < 0.55 * Deviation(before), $"{Deviation(before)} became {Deviation(after)}");
        Assert.Equal(before.Average(), after.Average(), 0.003 * height);

        double worst = 0;
        for (var frame = 0; frame < 100; frame++)
        {
            // One body height a second, to the right.
            var person = TestPersons.Standing(frame / Rate * height, 0, height) with { TrackId = 2 };
            var smooth = smoother.Next([person])[0];
            worst = Math.Max(worst, Math.Abs(smooth.Keypoints[9].X - person.Keypoints[9].X) / height);
        }
        Assert.InRange(worst, 0.001, 0.03);
    }

    [Fact]
    public void Persons_are_smoothed_apart_from_each_other_and_begin_anew_after_an_absence()
    {
        PoseSmoother smoother = new(Rate, timeOut: 5);
        Person left = TestPersons.Standing(100, 0, 200) with { TrackId = 1 }, right = TestPersons.Standing(500, 0, 200) with { TrackId = 2 };
        for (var frame = 0; frame < 5; frame++)
        {
            var smooth = smoother.Next(frame % 2 == 0 ? [left, right] : [right, left]);
            Assert.Equal(left.Keypoints, smooth.Single(person => person.TrackId == 1).Keypoints);
            Assert.Equal(right.Keypoints, smooth.Single(person => person.TrackId == 2).Keypoints);
        }
        var moved = TestPersons.Standing(130, 0, 200) with { TrackId = 1 };
        Assert.NotEqual(moved.Keypoints, smoother.Next([moved])[0].Keypoints);
        for (var frame = 0; frame < 6; frame++)
            smoother.Next([]);
        Assert.Equal(left.Keypoints, smoother.Next([left])[0].Keypoints);
    }

    [Fact]
    public void Unsure_keypoints_stay_as_they_are_and_do_not_pull_at_those_that_follow()
    {
        PoseSmoother smoother = new(Rate, timeOut: 25);
        var person = TestPersons.Standing(100, 0, 200) with { TrackId = 1 };
        smoother.Next([person]);
        var lost = person with { Keypoints = [.. person.Keypoints.Select(_ => new Keypoint(900, 900, 0.1f))] };
        Assert.Equal(lost.Keypoints, smoother.Next([lost])[0].Keypoints);
        var back = TestPersons.Standing(180, 0, 200) with { TrackId = 1 };
        Assert.Equal(back.Keypoints, smoother.Next([back])[0].Keypoints);
    }

    [Fact]
    public void A_person_without_a_track_is_refused() =>
        Assert.Throws<ArgumentException>(() => new PoseSmoother(Rate, timeOut: 5).Next([TestPersons.Standing(0, 0, 100)]));

    private static Person Shaken(Person person, double by, Random random) => person with
    {
        TrackId = 1,
        Keypoints = [.. person.Keypoints.Select(keypoint => keypoint with
        {
            X = keypoint.X + (float)(by * (2 * random.NextDouble() - 1)), Y = keypoint.Y + (float)(by * (2 * random.NextDouble() - 1)),
        })],
    };

    private static double Deviation(List<double> values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }
}

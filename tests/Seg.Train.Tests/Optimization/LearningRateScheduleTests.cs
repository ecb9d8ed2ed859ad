using FsCheck;
using FsCheck.Fluent;
using Seg.Train.Optimization;

namespace Seg.Train.Tests.Optimization;

public class LearningRateScheduleTests
{
    [Fact]
    public void Poly_falls_from_the_full_rate_to_zero()
    {
        var schedule = new LearningRateSchedule(new ScheduleConfig { Power = 0.9 }, learningRate: 0.02, steps: 100);

        Assert.Equal(0.02, schedule.RateAt(0));
        Assert.Equal(0.02 * Math.Pow(0.5, 0.9), schedule.RateAt(50), 12);
        Assert.Equal(0.02 * Math.Pow(0.01, 0.9), schedule.RateAt(99), 12);
        Assert.Equal(0, schedule.RateAt(100));
    }

    [Fact]
    public void Warm_up_rises_in_a_straight_line_from_its_ratio()
    {
        var config = new ScheduleConfig { Power = 0, WarmupSteps = 10, WarmupRatio = 0.1 };
        var schedule = new LearningRateSchedule(config, learningRate: 1, steps: 100);

        Assert.Equal(0.1, schedule.RateAt(0), 12);
        Assert.Equal(0.55, schedule.RateAt(5), 12);
        Assert.Equal(1, schedule.RateAt(10), 12);
        Assert.Equal(1, schedule.RateAt(99), 12);
    }

    [Fact]
    public void No_rate_is_negative_or_above_the_full_one_and_none_rises_after_the_warm_up()
    {
        var cases = from steps in Gen.Choose(1, 5000)
                    from warmup in Gen.Choose(0, 600)
                    from power in Gen.Choose(0, 30)
                    select (steps, warmup, power: power / 10.0);
        Prop.ForAll(cases.ToArbitrary(), run =>
        {
            var config = new ScheduleConfig { Power = run.power, WarmupSteps = run.warmup };
            var schedule = new LearningRateSchedule(config, learningRate: 0.3, run.steps);
            var rates = Enumerable.Range(0, run.steps).Select(step => schedule.RateAt(step)).ToArray();
            var falling = rates.Skip(run.warmup).ToArray();
            return rates.All(rate => rate is >= 0 and <= 0.3) && falling.Zip(falling.Skip(1)).All(pair => pair.Second <= pair.First);
        }).QuickCheckThrowOnFailure();
    }
}

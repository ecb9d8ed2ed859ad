using FsCheck;
using FsCheck.Fluent;
using Seg.Train.Optimization;

namespace Seg.Train.Tests.Optimization;

public class LearningRateScheduleTests
{
    [Fact]
    public void Poly_falls_from_the_full_rate_to_zero()
    {
        var schedule = Schedule(new PolyScheduleConfig { Power = 0.9 }, learningRate: 0.02, steps: 100);

        Assert.Equal(0.02, schedule.RateAt(0));
        Assert.Equal(0.02 * Math.Pow(0.5, 0.9), schedule.RateAt(50), 12);
        Assert.Equal(0.02 * Math.Pow(0.01, 0.9), schedule.RateAt(99), 12);
        Assert.Equal(0, schedule.RateAt(100));
    }

    [Fact]
    public void Warm_up_rises_in_a_straight_line_from_its_ratio()
    {
        var config = new PolyScheduleConfig { Power = 0, WarmupSteps = 10, WarmupRatio = 0.1 };
        var schedule = Schedule(config, learningRate: 1, steps: 100);

        Assert.Equal(0.1, schedule.RateAt(0), 12);
        Assert.Equal(0.55, schedule.RateAt(5), 12);
        Assert.Equal(1, schedule.RateAt(10), 12);
        Assert.Equal(1, schedule.RateAt(99), 12);
    }

    // PyTorch 1.13: CosineAnnealingLR(T_max=20, eta_min=0.02) from 0.2.
    [Fact]
    public void Cosine_falls_as_PyTorchs()
    {
        var schedule = Schedule(new CosineScheduleConfig { FinalRatio = 0.1 }, learningRate: 0.2, steps: 20);

        double[] expected = [0.2, 0.1736396103067893, 0.11, 0.02110804934643761];
        Assert.Equal(expected, new long[] { 0, 5, 10, 19 }.Select(schedule.RateAt), (x, y) => Math.Abs(x - y) < 1e-12);
        Assert.Equal(0.02, schedule.RateAt(20), 12);
        Assert.Equal(0.02, schedule.RateAt(30), 12);
    }

    // PyTorch 1.13: OneCycleLR(max_lr=0.2, total_steps=20, pct_start=0.3), its other defaults.
    [Fact]
    public void One_cycle_rises_and_falls_as_PyTorchs()
    {
        var schedule = Schedule(new OneCycleScheduleConfig(), learningRate: 0.2, steps: 20);

        double[] expected = [0.008, 0.13366563145999494, 0.2, 0.19749280124701749, 0.1000004, 8e-7];
        Assert.Equal(expected, new long[] { 0, 3, 5, 6, 12, 19 }.Select(schedule.RateAt), (x, y) => Math.Abs(x - y) < 1e-12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void One_cycle_of_very_few_steps_has_a_rate_for_each(int steps)
    {
        var schedule = Schedule(new OneCycleScheduleConfig(), learningRate: 0.2, steps);

        Assert.All(Enumerable.Range(0, steps), step => Assert.InRange(schedule.RateAt(step), 0, 0.2));
    }

    [Fact]
    public void Step_changes_the_rate_after_the_epochs_named()
    {
        var schedule = new LearningRateSchedule(new StepScheduleConfig { Epochs = [2, 3], Factor = 0.5 }, learningRate: 0.8, steps: 40, stepsPerEpoch: 10);

        Assert.Equal([0.8, 0.8, 0.4, 0.4, 0.2, 0.2], new long[] { 0, 19, 20, 29, 30, 39 }.Select(schedule.RateAt));
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
            var config = new PolyScheduleConfig { Power = run.power, WarmupSteps = run.warmup };
            var schedule = Schedule(config, learningRate: 0.3, run.steps);
            var rates = Enumerable.Range(0, run.steps).Select(step => schedule.RateAt(step)).ToArray();
            var falling = rates.Skip(run.warmup).ToArray();
            return rates.All(rate => rate is >= 0 and <= 0.3) && falling.Zip(falling.Skip(1)).All(pair => pair.Second <= pair.First);
        }).QuickCheckThrowOnFailure();
    }

    private static LearningRateSchedule Schedule(ScheduleConfig config, double learningRate, long steps) =>
        new(config, learningRate, steps, stepsPerEpoch: 10);
}

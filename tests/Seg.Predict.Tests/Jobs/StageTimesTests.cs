using Seg.Predict.Jobs;

namespace Seg.Predict.Tests.Jobs;

public sealed class StageTimesTests
{
    [Fact]
    public void A_stage_within_another_is_no_part_of_it()
    {
        using StageTimes times = new();
        Encode(seconds: 10, drawing: 7);
        Encode(seconds: 5, drawing: 1);
        Assert.Equal([("draw", TimeSpan.FromSeconds(8)), ("encode", TimeSpan.FromSeconds(7))], times.Times);
    }

    [Fact]
    public async Task Runs_beside_each_other_count_their_own_stages_alone()
    {
        var both = await Task.WhenAll(Enumerable.Range(1, 2).Select(run => Task.Run(() =>
        {
            using StageTimes times = new();
            // As the stages of a pipeline, on another thread.
            Task.Factory.StartNew(() => Encode(seconds: run * 10, drawing: run), TaskCreationOptions.LongRunning).Wait();
            return times.Times;
        })));
        for (var run = 1; run <= 2; run++)
            Assert.Equal([("draw", TimeSpan.FromSeconds(run)), ("encode", TimeSpan.FromSeconds(run * 9))], both[run - 1]);
    }

    [Fact]
    public void Without_a_run_nobody_takes_the_time()
    {
        Assert.Null(PredictionStages.Begin(PredictionStages.Draw));
    }

    private static void Encode(int seconds, int drawing)
    {
        using var encode = PredictionStages.Begin(PredictionStages.Encode)!;
        using (var draw = PredictionStages.Begin(PredictionStages.Draw)!)
            draw.SetEndTime(draw.StartTimeUtc.AddSeconds(drawing));
        encode.SetEndTime(encode.StartTimeUtc.AddSeconds(seconds));
    }
}

using System.Diagnostics;

namespace Seg.Predict.Jobs;

/// <summary>Adds up what the stages of one run take. Stages overlap, so that their sum may exceed the time by the clock.</summary>
internal sealed class StageTimes : IDisposable
{
    private readonly Activity run = new Activity("predict").Start();
    private readonly ActivityListener listener;
    private readonly Lock adding = new();
    private readonly Dictionary<string, TimeSpan> times = [];

    public StageTimes()
    {
        listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == PredictionStages.SourceName,
            Sample = (ref _) => ActivitySamplingResult.PropagationData,
            ActivityStopped = Add,
        };
        ActivitySource.AddActivityListener(listener);
    }

    /// <summary>By the names of <see cref="PredictionStages"/>, in their order; those that did not occur are left out.</summary>
    public IReadOnlyList<(string Stage, TimeSpan Time)> Times
    {
        get
        {
            lock (adding)
                return [.. PredictionStages.All.Where(times.ContainsKey).Select(stage => (stage, times[stage]))];
        }
    }

    public void Dispose()
    {
        listener.Dispose();
        run.Dispose();
    }

    private void Add(Activity stage)
    {
        if (!IsOfThisRun(stage))
            return;
        lock (adding)
        {
            times[stage.OperationName] = times.GetValueOrDefault(stage.OperationName) + stage.Duration;
            if (stage.Parent is { } outer && outer != run)
                times[outer.OperationName] = times.GetValueOrDefault(outer.OperationName) - stage.Duration;
        }
    }

    private bool IsOfThisRun(Activity stage)
    {
        for (var outer = stage.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer == run)
                return true;
        }
        return false;
    }
}

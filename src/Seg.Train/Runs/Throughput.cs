using System.Diagnostics;

namespace Seg.Train.Runs;

/// <summary>How fast an epoch goes, and how long the rest of the run will take.</summary>
public sealed class Throughput
{
    /// <summary>Steps that the images a second are taken over: enough to be steady, few enough to show a change soon.</summary>
    private const int Window = 20;

    private readonly Stopwatch epoch = new();
    private readonly Queue<(TimeSpan Time, int Images)> recent = new();
    private TimeSpan? validation;
    private TimeSpan stepTime;   // over the last steps
    private int images;

    /// <summary>Trained on a second, over the last steps.</summary>
    public double ImagesPerSecond { get; private set; }

    public void StartEpoch()
    {
        epoch.Restart();
        recent.Clear();
        images = 0;
        recent.Enqueue((TimeSpan.Zero, 0));
    }

    /// <summary>Counts a step that is done.</summary>
    public void Step(int batchSize)
    {
        images += batchSize;
        var now = epoch.Elapsed;
        recent.Enqueue((now, images));
        if (recent.Count > Window + 1)
            recent.Dequeue();
        var (since, before) = recent.Peek();
        ImagesPerSecond = (images - before) / Math.Max((now - since).TotalSeconds, 1e-9);
        stepTime = (now - since) / (recent.Count - 1);
    }

    /// <summary>Notes how long a validation took, for the time that is left.</summary>
    public void Validated(TimeSpan time) => validation = time;

    /// <summary>Time to the end of the run.</summary>
    public TimeSpan Eta(long stepsLeft, int validationsLeft) => stepTime * stepsLeft + (validation ?? TimeSpan.Zero) * validationsLeft;

    /// <summary>Share of the epoch's time so far, 0–1.</summary>
    public double ShareOf(double seconds) => Math.Clamp(seconds / Math.Max(epoch.Elapsed.TotalSeconds, 1e-9), 0, 1);
}

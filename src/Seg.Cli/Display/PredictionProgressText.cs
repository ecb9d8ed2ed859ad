using System.Globalization;
using Seg.Predict.Jobs;

namespace Seg.Cli.Display;

/// <summary>How far a prediction is, how fast, and how long it will still take, for <see cref="ProgressLine"/>.</summary>
/// <param name="clock">Time since any moment.</param>
internal sealed class PredictionProgressText(Func<TimeSpan> clock)
{
    /// <summary>The rate is that of this time, so that the model's loading and images of other sizes are soon forgotten.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(10);

    private readonly Queue<(TimeSpan Time, int Count)> reports = new();
    private string? counted;

    public PredictionProgressText() : this(Since(TimeProvider.System.GetTimestamp()))
    {
    }

    public string Of(PredictionProgress progress)
    {
        var name = Path.GetFileName(progress.Path);
        var unreadable = progress.Unreadable > 0 ? $", {progress.Unreadable} unreadable" : "";
        if (progress.Part > 0)
            return $"{progress.Done} of {progress.Total}{unreadable}  {name}: {100 * progress.Part:0} %";
        if (progress.Frame == 0)
            return $"{progress.Done} of {progress.Total}{unreadable}{Pace("", progress.Done, progress.Total, "images")}  {name}";
        var frames = progress.Frames > 0 ? $" of {progress.Frames}" : "";
        return $"{name}: frame {progress.Frame}{frames}{Pace(progress.Path, progress.Frame, progress.Frames, "frames")}{unreadable}";
    }

    /// <summary>Rate and time to go, as soon as they are known.</summary>
    /// <param name="what">What is counted; another thing begins anew.</param>
    /// <param name="total">0: nobody knows.</param>
    private string Pace(string what, int count, int total, string unit)
    {
        if (counted != what)
            reports.Clear();
        counted = what;
        var now = clock();
        reports.Enqueue((now, count));
        while (reports.Count > 2 && now - reports.Peek().Time > Memory)
            reports.Dequeue();
        var (time, first) = reports.Peek();
        if (count <= first || now <= time)
            return "";
        var rate = (count - first) / (now - time).TotalSeconds;
        var left = total > count ? $", {Duration(TimeSpan.FromSeconds((total - count) / rate))} left" : "";
        return string.Create(CultureInfo.InvariantCulture, $", {rate:0.0} {unit}/s{left}");
    }

    private static string Duration(TimeSpan time) => time.TotalMinutes < 1 ? $"{Math.Ceiling(time.TotalSeconds)} s"
        : time.TotalHours < 1 ? $"{time.Minutes}:{time.Seconds:00} min" : $"{(int)time.TotalHours}:{time.Minutes:00} h";

    private static Func<TimeSpan> Since(long start) => () => TimeProvider.System.GetElapsedTime(start);
}

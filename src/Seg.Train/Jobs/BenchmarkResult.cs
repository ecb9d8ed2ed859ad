using System.Text.Json;
using System.Text.Json.Nodes;

namespace Seg.Train.Jobs;

/// <summary>How long a network takes.</summary>
public sealed record BenchmarkResult
{
    public required string Model { get; init; }

    /// <summary>"forward" or "train".</summary>
    public required string Mode { get; init; }

    /// <summary>(N, C, H, W).</summary>
    public required long[] Input { get; init; }

    public required string Device { get; init; }

    /// <summary>"fp32", "bf16", "fp16" or "int8".</summary>
    public required string Precision { get; init; }

    public required int Threads { get; init; }

    /// <summary>Which libtorch.</summary>
    public required string Runtime { get; init; }

    /// <summary>Forward passes: whether they went through a plan, and why not; null for training.</summary>
    public string? Form { get; init; }

    public required int WarmUp { get; init; }

    /// <summary>Milliseconds of each timed run, in their order.</summary>
    public required double[] Milliseconds { get; init; }

    public double Median => Quantile(0.5);

    /// <summary>Nine runs of ten took at most this long, in milliseconds.</summary>
    public double P90 => Quantile(0.9);

    public double ImagesPerSecond => Input[0] * 1000 / Median;

    /// <summary>
    /// model, mode, input [N, C, H, W], device, precision, threads, runtime, warm_up, runs, median_ms, p90_ms, min_ms, max_ms, mean_ms and images_per_second
    /// (of the median).
    /// </summary>
    public string ToJson() => new JsonObject
    {
        ["model"] = Model,
        ["mode"] = Mode,
        ["input"] = new JsonArray([.. Input.Select(extent => (JsonNode)extent)]),
        ["device"] = Device,
        ["precision"] = Precision,
        ["threads"] = Threads,
        ["runtime"] = Runtime,
        ["warm_up"] = WarmUp,
        ["runs"] = Milliseconds.Length,
        ["median_ms"] = Rounded(Median),
        ["p90_ms"] = Rounded(P90),
        ["min_ms"] = Rounded(Milliseconds.Min()),
        ["max_ms"] = Rounded(Milliseconds.Max()),
        ["mean_ms"] = Rounded(Milliseconds.Average()),
        ["images_per_second"] = Rounded(ImagesPerSecond),
    }.ToJsonString(new JsonSerializerOptions { WriteIndented = true });

    /// <summary>Between the two nearest runs in proportion, as NumPy does.</summary>
    private double Quantile(double share)
    {
        var ordered = Milliseconds.Order().ToArray();
        var position = share * (ordered.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, ordered.Length - 1);
        return ordered[below] + (position - below) * (ordered[above] - ordered[below]);
    }

    private static double Rounded(double value) => Math.Round(value, 4);
}

using System.Text.Encodings.Web;
using System.Text.Json;
using Seg.Models;

namespace Seg.Train.Runs;

/// <summary>
/// The run's <c>metrics.jsonl</c>: one JSON object a line, a <see cref="StepLine"/> for each step and an <see cref="EpochLine"/> for each
/// validation.
/// </summary>
public sealed class MetricsLog : IDisposable
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly StreamWriter writer;

    /// <summary>
    /// Opens the log for more lines. Those of steps after <paramref name="step"/>, left by a sitting that ended without a checkpoint, are
    /// dropped.
    /// </summary>
    /// <param name="step">The last step that the run has done.</param>
    public MetricsLog(string path, long step)
    {
        if (File.Exists(path))
        {
            var kept = File.ReadLines(path).Where(line => StepOf(line) is { } done && done <= step).ToArray();
            AtomicFile.WriteText(path, string.Concat(kept.Select(line => line + "\n")));
        }
        // Line by line to the operating system, so that `tail -f` and a reader after a crash see all of them.
        var stream = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        writer = new StreamWriter(stream) { AutoFlush = true, NewLine = "\n" };
    }

    public void Write(StepLine line) => writer.WriteLine(JsonSerializer.Serialize(line, Format));

    public void Write(EpochLine line) => writer.WriteLine(JsonSerializer.Serialize(line, Format));

    public void Dispose() => writer.Dispose();

    /// <summary>All lines of a log, in order. A line cut short by a crash is left out.</summary>
    public static (IReadOnlyList<StepLine> Steps, IReadOnlyList<EpochLine> Epochs) Read(string path)
    {
        var steps = new List<StepLine>();
        var epochs = new List<EpochLine>();
        foreach (var line in File.ReadLines(path))
        {
            switch (KindOf(line))
            {
                case StepLine.KindName:
                    steps.Add(JsonSerializer.Deserialize<StepLine>(line, Format)!);
                    break;
                case EpochLine.KindName:
                    epochs.Add(JsonSerializer.Deserialize<EpochLine>(line, Format)!);
                    break;
            }
        }
        return (steps, epochs);
    }

    private static string? KindOf(string line) => Property(line, "kind")?.GetString();

    private static long? StepOf(string line) => Property(line, "step")?.GetInt64();

    private static JsonElement? Property(string line, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.TryGetProperty(name, out var value) ? value.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;

namespace Seg.Train.DeviceChecks;

/// <summary>What a check of a device found.</summary>
public sealed record DeviceCheckReport
{
    public required string Device { get; init; }

    /// <summary>Which libtorch.</summary>
    public required string Runtime { get; init; }

    /// <summary>Whether a GPU was compared with the CPU; else the CPU was, with its own float64.</summary>
    public required bool IsGpu { get; init; }

    public required IReadOnlyList<DeviceFinding> Findings { get; init; }

    public required IReadOnlyList<TrainingFinding> Trainings { get; init; }

    public bool Passed => Findings.All(finding => finding.IsWithin) && Trainings.All(training => training.Passes);

    /// <summary>
    /// device, runtime, gpu, passed; comparisons: [{name, input, within, errors: {output, gradient, prediction_fp32, …: {error, limit}}}];
    /// trainings: [{precision, learns, steps, skipped_steps, first_loss, last_loss, pixel_accuracy, images_per_second,
    /// graph_difference and fault of steps that were a CUDA graph, else null}].
    /// </summary>
    public string ToJson() => new JsonObject
    {
        ["device"] = Device,
        ["runtime"] = Runtime,
        ["gpu"] = IsGpu,
        ["passed"] = Passed,
        ["comparisons"] = new JsonArray([.. Findings.Select(Comparison)]),
        ["trainings"] = new JsonArray([.. Trainings.Select(Training)]),
    }.ToJsonString(new JsonSerializerOptions { WriteIndented = true });

    private static JsonNode Comparison(DeviceFinding finding) => new JsonObject
    {
        ["name"] = finding.Name,
        ["input"] = new JsonArray([.. finding.Shape.Select(extent => (JsonNode)extent)]),
        ["within"] = finding.IsWithin,
        ["errors"] = new JsonObject(finding.Errors.Select(error => KeyValuePair.Create<string, JsonNode?>(
            error.Check, new JsonObject { ["error"] = Finite(error.Error), ["limit"] = Finite(error.Limit) }))),
    };

    private static JsonNode Training(TrainingFinding training) => new JsonObject
    {
        ["precision"] = training.Precision,
        ["learns"] = training.Learns,
        ["steps"] = training.Losses.Count,
        ["skipped_steps"] = training.SkippedSteps,
        ["first_loss"] = Finite(training.Losses.FirstOrDefault(double.NaN)),
        ["last_loss"] = Finite(training.Losses.LastOrDefault(double.NaN)),
        ["pixel_accuracy"] = Finite(training.PixelAccuracy),
        ["images_per_second"] = Finite(training.ImagesPerSecond),
        ["graph_difference"] = training.GraphDifference is { } difference ? Finite(difference) : null,
        ["fault"] = training.Fault,
    };

    /// <summary>JSON has no word for what is no finite number.</summary>
    private static JsonNode? Finite(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;
}

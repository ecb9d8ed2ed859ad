using System.Text.Json;
using System.Text.Json.Nodes;
using Seg.Models;
using Seg.Train.Runs;

namespace Seg.Train.Metrics;

/// <summary>How well label maps agree with the truth. Scores are 0–1; not a number where there is nothing to score.</summary>
public sealed record SegmentationScores : IScores
{
    public required LabelSet Labels { get; init; }

    /// <summary>Images that were scored.</summary>
    public required int Images { get; init; }

    /// <summary>Pixels that were scored: those whose truth is a class.</summary>
    public required long Pixels { get; init; }

    /// <summary>Mean of <see cref="IoU"/> over the classes that truth or predictions have.</summary>
    public required double MeanIoU { get; init; }

    /// <summary>Mean of <see cref="IoU"/>, each class weighted by its pixels in the truth.</summary>
    public required double FrequencyWeightedIoU { get; init; }

    /// <summary>Share of the pixels with the right class.</summary>
    public required double PixelAccuracy { get; init; }

    /// <summary>Mean of <see cref="Accuracy"/> over the classes that the truth has.</summary>
    public required double MeanAccuracy { get; init; }

    /// <summary>Intersection over union of each class; not a number where neither truth nor predictions have it.</summary>
    public required double[] IoU { get; init; }

    /// <summary>Share of each class's pixels that were found; not a number where the truth has none.</summary>
    public required double[] Accuracy { get; init; }

    /// <summary>Pixels by true class, then by predicted class; a prediction that is no class stands in no column.</summary>
    public required long[][] Confusion { get; init; }

    /// <summary>The mean IoU, which decides, and the pixel accuracy.</summary>
    public IReadOnlyList<Score> All => [new(ScoreKind.MeanIoU, MeanIoU), new(ScoreKind.PixelAccuracy, PixelAccuracy)];

    /// <summary><c>class_iou</c>: <see cref="IoU"/> by the names of the classes.</summary>
    public PartScores Parts => new("class_iou", [.. Labels.Names.Zip(IoU, KeyValuePair.Create)]);

    public static SegmentationScores From(ConfusionMatrix matrix, LabelSet labels, int images)
    {
        var ids = Enumerable.Range(0, labels.Count).ToArray();
        return new SegmentationScores
        {
            Labels = labels,
            Images = images,
            Pixels = matrix.Pixels,
            MeanIoU = matrix.MeanIoU,
            FrequencyWeightedIoU = matrix.FrequencyWeightedIoU,
            PixelAccuracy = matrix.PixelAccuracy,
            MeanAccuracy = matrix.MeanAccuracy,
            IoU = [.. ids.Select(matrix.ClassIoU)],
            Accuracy = [.. ids.Select(matrix.ClassAccuracy)],
            Confusion = [.. ids.Select(truth => ids.Select(prediction => matrix[truth, prediction]).ToArray())],
        };
    }

    /// <summary>
    /// The scores as JSON: miou, pixel_accuracy, mean_accuracy, frequency_weighted_iou, images, pixels, iou_per_class and
    /// accuracy_per_class (by class name), classes (the names in order) and confusion_matrix[truth][prediction]. What is not a number is
    /// null.
    /// </summary>
    public string ToJson() => ToJsonObject().ToJsonString(new JsonSerializerOptions { WriteIndented = true });

    public void WriteTables(RunDirectory run, int epoch) => ClassTables.Write(run, this, epoch);

    internal JsonObject ToJsonObject() => new()
    {
        ["miou"] = Number(MeanIoU),
        ["pixel_accuracy"] = Number(PixelAccuracy),
        ["mean_accuracy"] = Number(MeanAccuracy),
        ["frequency_weighted_iou"] = Number(FrequencyWeightedIoU),
        ["images"] = Images,
        ["pixels"] = Pixels,
        ["iou_per_class"] = PerClass(IoU),
        ["accuracy_per_class"] = PerClass(Accuracy),
        ["classes"] = new JsonArray([.. Labels.Names.Select(name => (JsonNode)name)]),
        ["confusion_matrix"] = Matrix(Confusion),
    };

    internal static JsonArray Matrix(long[][] counts) =>
        new([.. counts.Select(row => new JsonArray([.. row.Select(count => (JsonNode)count)]))]);

    internal static JsonNode? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;

    private JsonObject PerClass(double[] scores) =>
        new(Labels.Names.Zip(scores, (name, score) => KeyValuePair.Create(name, Number(score))));
}

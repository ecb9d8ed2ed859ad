using System.Text.Json;
using System.Text.Json.Nodes;

namespace Seg.Train.Metrics;

/// <summary>The scores of predicted masks.</summary>
/// <param name="Scores">Over the classes that count.</param>
public sealed record MaskScoreResult(SegmentationScores Scores)
{
    /// <summary>Predicted masks without a true one, which were left alone.</summary>
    public int Unmatched { get; init; }

    /// <summary>IoU of each of Cityscapes' categories, by name; null of other class lists. Not a number where a category is nowhere.</summary>
    public IReadOnlyDictionary<string, double>? CategoryIoU { get; init; }

    /// <summary>Pixels by the true mask's value, then by the predicted one, over all of Cityscapes' label ids; null where either is unknown.</summary>
    public long[][]? LabelIdConfusion { get; init; }

    /// <summary>Mean of <see cref="CategoryIoU"/> over the categories that truth or predictions have.</summary>
    public double? MeanCategoryIoU =>
        CategoryIoU?.Values.Where(score => !double.IsNaN(score)).DefaultIfEmpty(double.NaN).Average();

    /// <summary>
    /// The keys of <see cref="SegmentationScores.ToJson"/>, and unmatched_predictions. Of Cityscapes also category_iou (by name),
    /// mean_category_iou, and label_id_confusion_matrix[truth][prediction] over the label ids 0 to 33, ignored ones included.
    /// </summary>
    public string ToJson()
    {
        var json = Scores.ToJsonObject();
        json["unmatched_predictions"] = Unmatched;
        if (CategoryIoU is not null)
        {
            json["mean_category_iou"] = SegmentationScores.Number(MeanCategoryIoU!.Value);
            json["category_iou"] = new JsonObject(CategoryIoU.Select(score => KeyValuePair.Create(score.Key, SegmentationScores.Number(score.Value))));
        }
        if (LabelIdConfusion is not null)
            json["label_id_confusion_matrix"] = SegmentationScores.Matrix(LabelIdConfusion);
        return json.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
    }
}

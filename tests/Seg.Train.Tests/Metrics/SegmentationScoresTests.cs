using System.Text.Json;
using Seg.Models;
using Seg.Train.Metrics;

namespace Seg.Train.Tests.Metrics;

public class SegmentationScoresTests
{
    [Fact]
    public void Json_has_the_documented_keys_and_null_for_what_cannot_be_scored()
    {
        ConfusionMatrix matrix = new(classes: 3);
        matrix.Add([0, 0, 1, 1], [0, 1, 1, 255]);
        var labels = new LabelSet { Names = ["ground", "traffic light", "absent"], Colors = [new(1, 2, 3), new(4, 5, 6), new(7, 8, 9)] };
        using var json = JsonDocument.Parse(SegmentationScores.From(matrix, labels, images: 1).ToJson());
        var root = json.RootElement;

        string[] keys =
        [
            "miou", "pixel_accuracy", "mean_accuracy", "frequency_weighted_iou", "images", "pixels",
            "iou_per_class", "accuracy_per_class", "classes", "confusion_matrix",
        ];
        Assert.Equal(keys, root.EnumerateObject().Select(property => property.Name));
        Assert.Equal(0.5, root.GetProperty("miou").GetDouble());
        Assert.Equal(2 / 3.0, root.GetProperty("pixel_accuracy").GetDouble());
        Assert.Equal((1, 3L), (root.GetProperty("images").GetInt32(), root.GetProperty("pixels").GetInt64()));
        Assert.Equal(0.5, root.GetProperty("iou_per_class").GetProperty("traffic light").GetDouble());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("iou_per_class").GetProperty("absent").ValueKind);
        Assert.Equal(1, root.GetProperty("confusion_matrix")[1][0].GetInt64());
    }
}

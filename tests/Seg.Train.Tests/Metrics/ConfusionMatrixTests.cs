using System.Text.Json;
using OpenCvSharp;
using Seg.Predict;
using Seg.Predict.Imaging;
using Seg.Train.Datasets;
using Seg.Train.Metrics;
using Seg.Train.Tests.Datasets;

namespace Seg.Train.Tests.Metrics;

public class ConfusionMatrixTests
{
    [Fact]
    public void Scores_of_a_small_case_are_those_worked_out_by_hand()
    {
        ConfusionMatrix matrix = new(classes: 4);
        matrix.Add([0, 0, 1, 1, 1, 2, 0, 1], [0, 0, 0, 1, 1, 1, 255, 255]);
        // truth 0: 2 right, 1 as class 1; truth 1: 2 right, 1 as class 2; class 2 has no truth; class 3 is nowhere; two pixels do not count

        Assert.Equal(6, matrix.Pixels);
        Assert.Equal((2, 1, 2, 1), (matrix[0, 0], matrix[0, 1], matrix[1, 1], matrix[1, 2]));
        Assert.Equal(2 / 3.0, matrix.ClassIoU(0), 1e-12);
        Assert.Equal(2 / 4.0, matrix.ClassIoU(1), 1e-12);
        Assert.Equal(0.0, matrix.ClassIoU(2));
        Assert.Equal(double.NaN, matrix.ClassIoU(3));
        Assert.Equal((2 / 3.0 + 2 / 4.0 + 0) / 3, matrix.MeanIoU, 1e-12);
        Assert.Equal(4 / 6.0, matrix.PixelAccuracy, 1e-12);
        Assert.Equal((2 / 3.0 + 2 / 3.0) / 2, matrix.MeanAccuracy, 1e-12);
        Assert.Equal((2 / 3.0 * 3 + 2 / 4.0 * 3) / 6, matrix.FrequencyWeightedIoU, 1e-12);
    }

    [Fact]
    public void A_prediction_that_is_no_class_is_a_miss_and_no_false_alarm()
    {
        ConfusionMatrix matrix = new(classes: 2);
        matrix.Add([0, 255, 7, 1], [0, 0, 1, 1]);

        Assert.Equal(1 / 2.0, matrix.ClassIoU(0));
        Assert.Equal(1 / 2.0, matrix.ClassIoU(1));
        Assert.Equal(4, matrix.Pixels);
    }

    [Fact]
    public void A_truth_that_is_no_class_is_refused()
    {
        ConfusionMatrix matrix = new(classes: 2);
        var error = Assert.Throws<ArgumentException>(() => matrix.Add([0, 0], [1, 5]));
        Assert.Equal("The labels hold 5, which is neither one of 2 classes nor the ignore index 255.", error.Message);
    }

    [Fact]
    public void An_ignore_index_among_the_classes_counts_nowhere()
    {
        ConfusionMatrix matrix = new(classes: 2, ignoreIndex: 0);
        matrix.Add([0, 1, 1], [0, 0, 1]);
        Assert.Equal((1, 1.0), (matrix.Pixels, matrix.ClassIoU(1)));
    }

    [Fact]
    public void Nothing_counted_has_no_score()
    {
        ConfusionMatrix matrix = new(classes: 2);
        matrix.Add([0, 1], [255, 255]);
        Assert.True(double.IsNaN(matrix.MeanIoU) && double.IsNaN(matrix.PixelAccuracy) && double.IsNaN(matrix.MeanAccuracy));
    }

    [Fact]
    public void Flat_and_mixed_stretches_are_counted_alike()
    {
        var random = new Random(4);
        byte[] truth = new byte[1003], prediction = new byte[1003];
        for (var i = 0; i < truth.Length; i++)
        {
            truth[i] = (byte)(i / 100 % 2 == 0 ? 3 : random.Next(4));
            prediction[i] = (byte)(i / 50 % 2 == 0 ? 1 : random.Next(4));
        }
        ConfusionMatrix matrix = new(classes: 4);
        matrix.Add(prediction, truth);
        for (var t = 0; t < 4; t++)
        {
            for (var p = 0; p < 4; p++)
                Assert.Equal(truth.Zip(prediction).Count(pair => pair == (t, p)), matrix[t, p]);
        }
    }

    [Fact]
    public void Label_maps_are_compared_row_by_row_and_sizes_must_agree()
    {
        ConfusionMatrix matrix = new(classes: 3);
        using var large = Pictures.Mask(9, 5, (x, y) => (x + y) % 3);
        using var truth = large[new Rect(2, 1, 5, 3)];                                     // rows lie apart
        matrix.Add(new LabelMap(5, 3, [.. Enumerable.Range(0, 15).Select(i => (byte)((i % 5 + i / 5) % 3))]), truth);
        Assert.Equal(1, matrix.PixelAccuracy);                                              // (x + 2 + y + 1) % 3 = (x + y) % 3

        Assert.Throws<ArgumentException>(() => matrix.Add(new LabelMap(3, 5, new byte[15]), truth));
        Assert.Throws<ArgumentException>(() => matrix.Add(new byte[2], new byte[3]));
    }

    [SharedFact("reference/metrics/segmentation")]
    public void Train_ids_score_as_with_the_official_code()
    {
        var matrix = CountReference("results_trainids", "_predTrainIds.png", "_gtFine_labelTrainIds.png", decode: false);
        using var expected = Reference("expected_trainids.json");
        var counts = expected.RootElement.GetProperty("confusion_matrix");
        for (var truth = 0; truth < 19; truth++)
        {
            for (var prediction = 0; prediction < 19; prediction++)
                Assert.Equal(counts[truth][prediction].GetInt64(), matrix[truth, prediction]);
        }

        var cityscapes = expected.RootElement.GetProperty("cityscapes");
        AssertScores([.. cityscapes.GetProperty("classScores").EnumerateArray()], matrix);
        Assert.Equal(cityscapes.GetProperty("averageScoreClasses").GetDouble(), matrix.MeanIoU, 1e-12);

        // HRNet's testval puts 0 for absent classes into its means; with that undone the scores are the same.
        var hrnet = expected.RootElement.GetProperty("hrnet");
        Assert.Equal(hrnet.GetProperty("pixel_acc").GetDouble(), matrix.PixelAccuracy, 1e-12);
        var inTruth = Enumerable.Range(0, 19).Count(id => !double.IsNaN(matrix.ClassAccuracy(id)));
        Assert.Equal(hrnet.GetProperty("mean_acc").GetDouble() * 19 / inTruth, matrix.MeanAccuracy, 1e-12);
    }

    [SharedFact("reference/metrics/segmentation")]
    public void Label_ids_score_as_with_cityscapesScripts_with_predictions_of_ignored_classes_too()
    {
        var matrix = CountReference("results", "_pred.png", "_gtFine_labelIds.png", decode: true);
        using var expected = Reference("expected.json");
        var scores = expected.RootElement.GetProperty("classScores");
        AssertScores([.. ClassTable.Published("cityscapes").Labels.Names.Select(name => scores.GetProperty(name))], matrix);
        Assert.Equal(expected.RootElement.GetProperty("averageScoreClasses").GetDouble(), matrix.MeanIoU, 1e-12);
    }

    private static void AssertScores(JsonElement[] expected, ConfusionMatrix matrix)
    {
        for (var id = 0; id < expected.Length; id++)
        {
            if (expected[id].ValueKind == JsonValueKind.Null)
                Assert.Equal(double.NaN, matrix.ClassIoU(id));
            else
                Assert.Equal(expected[id].GetDouble(), matrix.ClassIoU(id), 1e-12);
        }
    }

    private static ConfusionMatrix CountReference(string results, string resultEnding, string truthEnding, bool decode)
    {
        ConfusionMatrix matrix = new(classes: 19);
        var files = Directory.GetFiles(ReferencePath(results, "testtown"), "*" + resultEnding);
        Assert.Equal(12, files.Length);
        foreach (var file in files)
        {
            using var prediction = ImageFile.ReadGray(file);
            var truthFile = Path.GetFileName(file).Replace(resultEnding, truthEnding);
            using var truth = ImageFile.ReadGray(ReferencePath("gtFine", "val", "testtown", truthFile));
            if (decode)
            {
                ClassTable.Published("cityscapes").Encoding.Decode(prediction, file);
                ClassTable.Published("cityscapes").Encoding.Decode(truth, file);
            }
            matrix.Add(new LabelMap(prediction.Cols, prediction.Rows, Pictures.Bytes(prediction)), truth);
        }
        return matrix;
    }

    private static JsonDocument Reference(string name) => JsonDocument.Parse(File.ReadAllText(ReferencePath(name)));

    private static string ReferencePath(params string[] parts) => SharedFiles.At(["reference", "metrics", "segmentation", .. parts]);
}

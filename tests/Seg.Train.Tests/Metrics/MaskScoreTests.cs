using System.Text.Json;
using Seg.Models;
using Seg.Train.Jobs;
using Seg.Train.Metrics;
using Seg.Train.Tests.Datasets;

namespace Seg.Train.Tests.Metrics;

/// <summary>Against cityscapesScripts' own results, which lie beside the masks; and the errors.</summary>
public sealed class MaskScoreTests : IDisposable
{
    private const string Case = "reference/metrics/segmentation";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [SharedFact(Case)]
    public void Confusion_matrix_and_scores_are_those_of_the_Cityscapes_script()
    {
        using var expected = Expected("expected.json");
        var result = ScoreCityscapes("results");

        Assert.Equal(Matrix(expected.RootElement.GetProperty("confMatrix")), result.LabelIdConfusion);
        AssertScores(expected.RootElement, result);
        Assert.Equal(12, result.Scores.Images);
        Assert.Equal(0, result.Unmatched);
    }

    [SharedFact(Case)]
    public void Train_ids_are_recognised_and_score_as_their_label_ids_do()
    {
        using var expected = Expected("expected_trainids.json");
        var result = ScoreCityscapes("results_trainids");

        Assert.Equal(Matrix(expected.RootElement.GetProperty("confusion_matrix")), result.Scores.Confusion);
        AssertScores(expected.RootElement.GetProperty("cityscapes"), result);
    }

    [SharedFact(Case)]
    public void Each_pair_alone_scores_as_the_script_says_absent_classes_included()
    {
        using var expected = Expected("expected.json");
        var pairs = expected.RootElement.GetProperty("per_pair").EnumerateArray().ToArray();
        Assert.Equal(12, pairs.Length);
        var absent = 0;
        foreach (var pair in pairs)
        {
            var name = pair.GetProperty("name").GetString()!;
            var one = folder.At(name);
            foreach (var (source, target) in new[] { ("gtFine/val", "truth"), ("results", "predicted") })
            {
                Directory.CreateDirectory(Path.Combine(one, target));
                foreach (var file in Directory.GetFiles(SharedFiles.At(Case, source, "testtown"), $"{name}_*"))
                    File.Copy(file, Path.Combine(one, target, Path.GetFileName(file)));
            }
            var result = Score(Path.Combine(one, "truth"), Path.Combine(one, "predicted"), "cityscapes");
            AssertScores(pair, result);
            absent += result.Scores.IoU.Count(double.IsNaN);
        }
        Assert.True(absent > 0, "No pair lacks a class, so that nothing was shown about absent ones.");
    }

    [Fact]
    public void Masks_of_any_class_list_are_paired_by_name_and_scored()
    {
        File.WriteAllText(folder.At("classes.yaml"), "classes: [{ name: ground, id: 10 }, { name: thing, id: 20 }]\nignore_values: [0]");
        Pictures.WriteMask(folder.At("truth", "a", "one.png"), (x, _) => x < 4 ? 10 : x < 6 ? 20 : 0);
        Pictures.WriteMask(folder.At("predicted", "one_pred.png"), (x, _) => x < 3 ? 10 : 20);
        Pictures.WriteMask(folder.At("predicted", "two.png"), (_, _) => 10);
        var result = Score(folder.At("truth"), folder.At("predicted"), folder.At("classes.yaml"));

        Assert.Equal([3 / 4.0, 2 / 3.0], result.Scores.IoU);
        Assert.Equal(1, result.Unmatched);
        Assert.Null(result.CategoryIoU);
        using var json = JsonDocument.Parse(result.ToJson());
        Assert.Equal(2 / 3.0, json.RootElement.GetProperty("iou_per_class").GetProperty("thing").GetDouble());
        Assert.Equal(6, json.RootElement.GetProperty("confusion_matrix")[0][1].GetInt64());
        Assert.Equal(1, json.RootElement.GetProperty("unmatched_predictions").GetInt32());
    }

    [Fact]
    public void Class_indices_are_taken_where_the_request_says_so()
    {
        File.WriteAllText(folder.At("classes.yaml"), "classes: [{ name: ground, id: 10 }, { name: thing, id: 20 }]");
        Pictures.WriteMask(folder.At("truth", "a.png"), (x, _) => x < 4 ? 10 : 20);
        Pictures.WriteMask(folder.At("predicted", "a.png"), (x, _) => x < 4 ? 0 : x == 4 ? 255 : 1);
        var request = new MaskScoreRequest
        {
            Truth = folder.At("truth"),
            Predicted = folder.At("predicted"),
            Classes = folder.At("classes.yaml"),
            Indices = true,
        };

        Assert.Equal([1, 0.75], MaskScoreJob.Run(request).Scores.IoU);      // one column of four said nothing
        var error = Assert.Throws<InputException>(() => MaskScoreJob.Run(request with { Indices = false }));
        Assert.Contains("holds the value 0 at column 0, row 0, which is no class", error.Message);
    }

    [Fact]
    public void Faults_name_the_file_and_what_to_do()
    {
        Pictures.WriteMask(folder.At("truth", "a.png"), (_, _) => 0);
        Assert.Contains("There is no folder", Fault("camvid"));

        Pictures.WriteMask(folder.At("predicted", "b.png"), (_, _) => 0);
        Assert.Contains("a.png' has no prediction: there is no 'a'", Fault("camvid"));

        Pictures.WriteMask(folder.At("predicted", "x", "a.png"), (_, _) => 0, width: 9);
        Assert.Contains("is 9 x 6 pixels, but", Fault("camvid"));

        Pictures.WriteMask(folder.At("predicted", "y", "a.png"), (_, _) => 0);
        Assert.Contains("has 2 predictions", Fault("camvid"));
        Assert.Contains("'camvit' is neither a file nor a published class list; there are: ade20k, camvid", Fault("camvit"));
        Assert.Contains("ends in '_labelIds.png'", Fault("cityscapes"));
    }

    private string Fault(string classes) =>
        Assert.Throws<InputException>(() => Score(folder.At("truth"), folder.At("predicted"), classes)).Message;

    private static MaskScoreResult Score(string truth, string predicted, string classes) =>
        MaskScoreJob.Run(new MaskScoreRequest { Truth = truth, Predicted = predicted, Classes = classes });

    private static MaskScoreResult ScoreCityscapes(string results) =>
        Score(SharedFiles.At(Case, "gtFine", "val"), SharedFiles.At(Case, results), "cityscapes");

    private static JsonDocument Expected(string file) => JsonDocument.Parse(File.ReadAllText(SharedFiles.At(Case, file)));

    private static long[][] Matrix(JsonElement rows) =>
        [.. rows.EnumerateArray().Select(row => row.EnumerateArray().Select(count => count.GetInt64()).ToArray())];

    private static void AssertScores(JsonElement expected, MaskScoreResult result)
    {
        var classScores = expected.GetProperty("classScores");
        for (var id = 0; id < result.Scores.Labels.Count; id++)
            AssertScore(classScores.ValueKind == JsonValueKind.Array ? classScores[id] : classScores.GetProperty(result.Scores.Labels.Names[id]), result.Scores.IoU[id]);
        if (expected.TryGetProperty("categoryScores", out var categories))
        {
            foreach (var (name, score) in result.CategoryIoU!)
                AssertScore(categories.GetProperty(name), score);
        }
        AssertScore(expected.GetProperty("averageScoreClasses"), result.Scores.MeanIoU);
        AssertScore(expected.GetProperty("averageScoreCategories"), result.MeanCategoryIoU!.Value);
    }

    private static void AssertScore(JsonElement expected, double found)
    {
        if (expected.ValueKind == JsonValueKind.Null)
            Assert.True(double.IsNaN(found));
        else
            Assert.Equal(expected.GetDouble(), found, tolerance: 1e-12);
    }
}

using System.Text.Json;
using OpenCvSharp;
using Seg.Models;
using Seg.Predict.Review;

namespace Seg.Predict.Tests.Review;

public sealed class ReviewWriterTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void An_interrupted_run_leaves_whole_items_that_a_page_can_be_made_of()
    {
        var writer = NewWriter();
        Add(writer, "a/x");
        Add(writer, "b/x");
        Assert.False(File.Exists(folder["out/index.html"]));
        var (page, items, leftOut) = ReviewPage.Build(folder["out"]);
        Assert.Equal((folder["out/index.html"], 2, 0), (page, items, leftOut));
        Assert.Contains("\"name\":\"a/x\"", File.ReadAllText(folder["out/review/data/items-0.js"]), StringComparison.Ordinal);
        foreach (var below in new[] { "review/page/main.js", "review/page/base.css", "review/data/review.js" })
            Assert.True(File.Exists(folder["out/" + below]), below);
    }

    [Fact]
    public void Damaged_records_and_missing_pictures_are_left_out_and_counted()
    {
        var writer = NewWriter();
        foreach (var name in new[] { "a", "b", "c", "d" })
            Add(writer, name);
        File.WriteAllText(Record("a"), "{ half a rec");
        File.WriteAllText(Record("b"), File.ReadAllText(Record("b")).Replace("\"key\":\"b-", "\"key\":\"../b-", StringComparison.Ordinal));
        File.Delete(Path.ChangeExtension(Record("c"), ".jpg"));
        var (_, items, leftOut) = ReviewPage.Build(folder["out"]);
        Assert.Equal((1, 3), (items, leftOut));
    }

    [Fact]
    public void A_later_run_adds_to_the_review_and_one_with_other_classes_begins_anew()
    {
        var first = NewWriter();
        Add(first, "a");
        first.Finish();
        var id = Id();
        var second = NewWriter();
        Add(second, "b");
        second.Finish();
        Assert.Equal(id, Id());
        Assert.Equal(2, ReviewPage.Build(folder["out"]).Items);

        ReviewWriter other = new(folder["out"], new ReviewSubject { Model = "m", Classes = TestImages.Classes with { Names = ["road", "sky", "bus"] } });
        Add(other, "c");
        other.Finish();
        Assert.NotEqual(id, Id());
        Assert.Equal(1, ReviewPage.Build(folder["out"]).Items);
    }

    [Fact]
    public void A_page_of_somebody_elses_is_not_overwritten()
    {
        File.WriteAllText(folder["out/index.html"], "<h1>my photographs</h1>");
        var fault = Assert.Throws<InputException>(() => NewWriter());
        Assert.Contains("is no page of a review, so that it is not overwritten", fault.Message, StringComparison.Ordinal);
        Assert.Equal("<h1>my photographs</h1>", File.ReadAllText(folder["out/index.html"]));
    }

    [Fact]
    public void A_folder_without_a_review_is_an_error_that_says_how_to_make_one()
    {
        var fault = Assert.Throws<InputException>(() => ReviewPage.Build(folder["nothing/x"]));
        Assert.Contains("holds nothing to review", fault.Message, StringComparison.Ordinal);
        Assert.Contains("seg predict MODEL INPUT --out DIR", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_and_layers_of_large_images_are_shrunk_and_records_keep_the_size()
    {
        using Mat image = new(6, 5000, MatType.CV_8UC3, Scalar.All(90));
        var writer = NewWriter();
        writer.Add(new ReviewItem { Name = "wide", Source = "wide.png", Image = image, Labels = new LabelMap(5000, 6, new byte[30000]) });
        using var picture = Cv2.ImRead(Path.ChangeExtension(Record("wide"), ".jpg"));
        Assert.Equal((2048, 2), (picture.Cols, picture.Rows));
        using var record = JsonDocument.Parse(File.ReadAllText(Record("wide")));
        Assert.Equal((5000, 6), (record.RootElement.GetProperty("width").GetInt32(), record.RootElement.GetProperty("height").GetInt32()));
        Assert.False(record.RootElement.TryGetProperty("confidence", out _));
        Assert.False(record.RootElement.TryGetProperty("iou", out _));
    }

    [Fact]
    public void Records_tell_shares_confidence_and_scores_of_each_class()
    {
        byte[] labels = [0, 0, 1, 1], truth = [0, 255, 1, 0];
        using Mat image = new(2, 2, MatType.CV_8UC3, Scalar.All(90));
        var writer = NewWriter();
        writer.Add(new ReviewItem
        {
            Name = "x",
            Source = "x.png",
            Image = image,
            Labels = new LabelMap(2, 2, labels) { Confidence = new ConfidenceMap(labels, [0.5f, 0.7f, 0.9f, 1f]) },
            Truth = new ReviewTruth(new LabelMap(2, 2, truth), 255, 0.5, 2 / 3.0, [0.5, 0.5, double.NaN]),
        });
        using var record = JsonDocument.Parse(File.ReadAllText(Record("x")));
        Assert.Equal(0.775, record.RootElement.GetProperty("confidence").GetDouble(), 1e-4);
        Assert.Equal(0.6667, record.RootElement.GetProperty("accuracy").GetDouble(), 1e-4);
        var classes = record.RootElement.GetProperty("classes").EnumerateArray().ToList();
        Assert.Equal([0, 1], classes.Select(one => one.GetProperty("id").GetInt32()));
        Assert.Equal(0.6, classes[0].GetProperty("confidence").GetDouble(), 1e-4);
        Assert.Equal(0.95, classes[1].GetProperty("confidence").GetDouble(), 1e-4);
        Assert.All(classes, one => Assert.Equal(0.5, one.GetProperty("share").GetDouble()));
    }

    [Fact]
    public void Names_that_differ_in_what_file_names_cannot_hold_get_files_of_their_own()
    {
        string[] names = ["a b", "a_b", "a/b", "A_b", "..", "...", new string('x', 300), "ü", "ö"];
        var keys = names.Select(ReviewKey.Of).ToArray();
        Assert.Equal(names.Length, keys.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(keys, key => Assert.Matches("^[A-Za-z0-9_-]{1,64}$", key));
    }

    private ReviewWriter NewWriter() => new(folder["out"], new ReviewSubject { Model = "m", Classes = TestImages.Classes });

    private static void Add(ReviewWriter writer, string name)
    {
        using var image = TestImages.Gradient(24, 16);
        writer.Add(new ReviewItem { Name = name, Source = name + ".png", Image = image, Labels = TestImages.Street(24, 16) });
    }

    private string Record(string name) => folder[$"out/review/items/{ReviewKey.Of(name)}.json"];

    private string Id()
    {
        using var manifest = JsonDocument.Parse(File.ReadAllText(folder["out/review/review.json"]));
        return manifest.RootElement.GetProperty("id").GetString()!;
    }
}

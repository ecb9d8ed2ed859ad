using OpenCvSharp;
using Seg.Predict.Imaging;
using Seg.Predict.Jobs;
using Seg.Predict.Tests.Video;

namespace Seg.Predict.Tests.Jobs;

/// <summary>Inputs that users have, and that few tests of programs think of.</summary>
public sealed class OddInputTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(65_535, 2)]
    [InlineData(3, 700)]
    public void Every_pixel_of_an_image_of_any_shape_gets_its_class(int width, int height)
    {
        WriteImage("x.png", width, height);
        var summary = Run(Request("x.png") with { Save = PredictionOutputs.Ids | PredictionOutputs.Json, Review = true });
        Assert.Empty(summary.Failures);
        using var ids = ImageFile.ReadGray(folder["out/x_ids.png"]);
        Assert.Equal(new Size(width, height), ids.Size());
    }

    [Fact]
    public void Odd_names_stay_and_their_results_lie_in_the_output_folder()
    {
        string[] names = ["with space", "ünï 画像", "100%#1?", "<script>&'\"", "..dots..", OperatingSystem.IsWindows() ? "x" : @"back\slash"];
        foreach (var name in names)
            WriteImage($"in/{name}.png", 16, 12);
        var summary = Run(Request("in/../in/") with { Review = true });
        Assert.Equal(names.Select(name => $"{name}_overlay.png").Order(StringComparer.Ordinal), folder.Files("out").Where(file => file.EndsWith("_overlay.png", StringComparison.Ordinal)));
        var page = File.ReadAllText(folder["out/review/data/items-0.js"]);
        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
            Assert.Contains(@"""files"":[""back\\slash_overlay.png""]", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_run_into_the_folder_of_the_images_predicts_them_alone()
    {
        WriteImage("in/a.png", 16, 12);
        WriteImage("in/b/c.png", 16, 12);
        var request = Request("in") with { Output = folder["in"], Save = PredictionOutputs.Overlay | PredictionOutputs.SideBySide | PredictionOutputs.Classes, Review = true };
        Assert.Equal(2, Run(request).Images);
        var files = folder.Files("in");
        Assert.Equal(2, Run(request).Images);
        Assert.Equal(files, folder.Files("in"));
    }

    [Fact]
    public void What_is_taken_otherwise_than_expected_is_told()
    {
        WriteImage("in/a.png", 16, 12);
        File.Move(folder["in/a.png"], folder["in/a.jpg"]);
        File.Copy(Path.Combine(AppContext.BaseDirectory, "References", "images", "animated.gif"), folder["in/b.gif"]);
        VideoTests.WriteVideo(folder["in/c.avi"], frames: 3, rate: 10);
        File.Move(folder["in/c.avi"], folder["in/c.png"]);
        var summary = Run(Request("in"));
        Assert.Equal((2, 1, 0), (summary.Images, summary.Videos, summary.Failures.Count));
        Assert.Collection(
            summary.Warnings,
            warning => Assert.Contains($"1 images are of another format than their names say; their content was gone by (the first: '{folder["in/a.jpg"]}' is a Png file)", warning),
            warning => Assert.Contains($"(the first: '{folder["in/b.gif"]}' has 2)", warning),
            warning => Assert.Contains("videos have the names of images", warning));
        Assert.Contains("c_overlay.mp4", folder.Files("out"));
    }

    [Fact]
    public void An_image_comes_from_standard_input()
    {
        WriteImage("x.png", 16, 12);
        using var input = File.OpenRead(folder["x.png"]);
        var summary = Run(Request("x.png") with { Inputs = ["-"], StandardInput = input });
        Assert.Equal((1, "stdin_overlay.png"), (summary.Images, Assert.Single(folder.Files("out"))));
    }

    [Fact]
    public void Unreadable_inputs_and_lines_of_a_list_are_counted_and_named()
    {
        WriteImage("a.png", 16, 12);
        File.WriteAllBytes(folder["empty.png"], []);
        File.WriteAllText(folder["files.txt"], "none.png\na.png\nempty.png\n");
        List<PredictionProgress> reports = [];
        var summary = PredictionJob.Run(Request("a.png") with { Inputs = ["@" + folder["files.txt"]] }, reports.Add);
        Assert.Equal(1, summary.Images);
        Assert.Equal([$"{folder["files.txt"]}:1: There is no file or folder 'none.png'.", $"'{folder["empty.png"]}' is empty (0 bytes)."], summary.Failures.Select(failure => failure.Message));
        Assert.Equal([1, 1, 2], reports.Select(report => report.Unreadable));
    }

    private static PredictionSummary Run(PredictRequest request) => PredictionJob.Run(request);

    private PredictRequest Request(string input) => TestModel.Request(folder, input);

    private void WriteImage(string name, int width, int height) => TestImages.WriteGradient(folder[name], width, height);
}

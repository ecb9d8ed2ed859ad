using System.Text.Json;
using OpenCvSharp;
using Seg.Models;
using Seg.Models.Configuration;
using Seg.Models.Weights;
using Seg.Predict.Drawing;
using Seg.Predict.Imaging;
using Seg.Predict.Jobs;
using Seg.Predict.Review;
using Seg.Predict.Tests.Video;
using TorchSharp;
using static TorchSharp.torch;
using Size = OpenCvSharp.Size;

namespace Seg.Predict.Tests.Jobs;

public sealed class PredictionJobTests : IDisposable
{
    /// <summary>All but label ids of Cityscapes, which want a folder of their own.</summary>
    private const string All = "overlay,side-by-side,contours,confidence,mask,classes,ids,ids16,coco,coco-polygons,probabilities,probabilities16,json";

    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Images_and_videos_of_a_folder_get_all_their_results()
    {
        WriteImage("in/a/x.png", 80, 60);
        WriteImage("in/b/x.jpg", 64, 48);
        VideoTests.WriteVideo(folder["in/drive.mp4"], frames: 5, rate: 10);
        List<PredictionProgress> reports = [];
        var summary = PredictionJob.Run(Request("in") with { Save = PredictionOutputNames.Parse(All) }, reports.Add);
        Assert.Equal((2, 1, 5), (summary.Images, summary.Videos, summary.Frames));
        Assert.Empty(summary.Failures);
        Assert.Equal(
            ["a/x.json", "a/x_confidence.png", "a/x_contours.png", "a/x_ids.png", "a/x_ids16.png", "a/x_mask.png", "a/x_overlay.png", "a/x_probabilities.npy", "a/x_probabilities16.npy", "a/x_side_by_side.png",
             "b/x.json", "b/x_confidence.png", "b/x_contours.png", "b/x_ids.png", "b/x_ids16.png", "b/x_mask.png", "b/x_overlay.png", "b/x_probabilities.npy", "b/x_probabilities16.npy", "b/x_side_by_side.png",
             "drive.json", "drive_confidence.mp4", "drive_contours.mp4", "drive_mask.mp4", "drive_overlay.mp4", "drive_side_by_side.mp4", "polygons.json",
             "segments.json"],
            folder.Files("out").Where(file => !file.Contains("_classes/", StringComparison.Ordinal)));
        Assert.Equal(folder.Files("out").Order(), summary.Files.Select(file => Path.GetRelativePath(folder["out"], file)).Order());
        Assert.Equal((3, 3), (reports[^1].Done, reports[^1].Total));
        Assert.Contains(reports, report => report is { Frame: 5, Frames: 5 });
        Assert.Equal(PredictionStages.All.SkipLast(1), summary.Stages.Select(stage => stage.Stage));   // without a review
        Assert.All(summary.Stages, stage => Assert.True(stage.Time > TimeSpan.Zero, stage.Stage));

        using var ids = ImageFile.ReadGray(folder["out/a/x_ids.png"]);
        using var palette = ImageFile.ReadGray(folder["out/a/x_mask.png"]);
        Assert.Equal(new Size(80, 60), ids.Size());
        Assert.Equal(TestImages.Values(ids), TestImages.Values(palette));
        Assert.Equal(TestImages.Values(ids).Distinct().Count(), folder.Files("out/a/x_classes").Count);

        using var report = JsonDocument.Parse(File.ReadAllText(folder["out/a/x.json"]));
        var classes = report.RootElement.GetProperty("classes").EnumerateArray().ToList();
        Assert.Equal(80 * 60, classes.Sum(one => one.GetProperty("pixels").GetInt32()));
        Assert.Equal(1, classes.Sum(one => one.GetProperty("share").GetDouble()), 1e-5);
        foreach (var one in classes)
            Assert.Equal(TestImages.Values(ids).Count(id => id == one.GetProperty("id").GetInt32()), one.GetProperty("pixels").GetInt32());
    }

    [Fact]
    public void Two_runs_write_the_same_bytes()
    {
        WriteImage("x.png", 80, 60);
        PredictionJob.Run(Request("x.png") with { Save = PredictionOutputNames.Parse(All), Output = folder["first"] });
        PredictionJob.Run(Request("x.png") with { Save = PredictionOutputNames.Parse(All), Output = folder["second"] });
        foreach (var name in folder.Files("first"))
            Assert.Equal(File.ReadAllBytes(folder["first/" + name]), File.ReadAllBytes(folder["second/" + name]));
    }

    [Fact]
    public void Images_that_went_through_windows_for_their_size_are_told()
    {
        WriteImage("in/a.png", 130, 100);
        WriteImage("in/b.png", 40, 32);
        var request = Request("in") with { Save = PredictionOutputs.Ids };
        request = request with { Predictor = request.Predictor with { MaxPixels = 130 * 100 - 1 } };
        var note = Assert.Single(PredictionJob.Run(request).Notes);
        Assert.Equal($"'{folder["in/a.png"]}' is so large that it was seen through windows of 48 x 64; --window chooses others, --size shows the network all of it at once", note);

        WriteImage("in/c.png", 140, 100);
        note = Assert.Single(PredictionJob.Run(request).Notes);
        Assert.StartsWith($"2 inputs, such as '{folder["in/a.png"]}', are so large that they were seen", note, StringComparison.Ordinal);
        Assert.Empty(PredictionJob.Run(request with { Predictor = request.Predictor with { Views = new() { Window = [48, 64] } } }).Notes);
    }

    [Fact]
    public void Options_of_windows_are_checked_before_anything_is_written()
    {
        WriteImage("x.png", 40, 32);
        var request = Request("x.png");
        request = request with { Predictor = request.Predictor with { Views = new() { Overlap = 1 } } };
        Assert.Contains("less than 1", Assert.Throws<InputException>(() => PredictionJob.Run(request)).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["out"]));
    }

    [Fact]
    public void One_broken_image_does_not_stop_the_others()
    {
        WriteImage("in/a.png", 40, 32);
        WriteImage("in/c.png", 40, 32);
        File.WriteAllBytes(folder["in/b.png"], File.ReadAllBytes(folder["in/a.png"])[..200]);
        var summary = PredictionJob.Run(Request("in"));
        Assert.Equal(2, summary.Images);
        var failure = Assert.Single(summary.Failures);
        Assert.Contains("b.png", failure.Message, StringComparison.Ordinal);
        Assert.Equal(["a_overlay.png", "c_overlay.png"], folder.Files("out"));
    }

    [Fact]
    public void An_image_that_the_network_does_not_take_is_named_and_does_not_stop_the_others()
    {
        WriteImage("in/a.png", 64, 48);
        WriteImage("in/b.png", 30, 20);
        WriteImage("in/c.png", 64, 48);
        var request = Request("in") with { Model = SaveNonLocal(), Save = PredictionOutputs.Overlay | PredictionOutputs.Probabilities };
        var summary = PredictionJob.Run(request);
        var failure = Assert.Single(summary.Failures);
        Assert.Equal(folder["in/b.png"], failure.Path);
        Assert.StartsWith($"'{folder["in/b.png"]}' cannot be predicted: A map of 1x1 is too small", failure.Message, StringComparison.Ordinal);
        Assert.Equal(2, summary.Images);
        Assert.Equal(["a_overlay.png", "a_probabilities.npy", "c_overlay.png", "c_probabilities.npy"], folder.Files("out"));
    }

    [Fact]
    public void A_video_that_the_network_does_not_take_is_named()
    {
        VideoTests.WriteVideo(folder["drive.mp4"], frames: 3, rate: 10);
        var request = Request("drive.mp4") with { Model = SaveNonLocal() };
        var fault = Fault(request with { Predictor = request.Predictor with { InputSize = [20, 30] } });
        Assert.StartsWith($"'{folder["drive.mp4"]}' cannot be predicted: A map of 1x1 is too small", fault, StringComparison.Ordinal);
        Assert.Empty(folder.Files("out"));
    }

    [Fact]
    public void When_no_input_can_be_read_that_is_an_error()
    {
        File.WriteAllText(folder["x.png"], "no image");
        var fault = Assert.Throws<InputException>(() => PredictionJob.Run(Request("x.png")));
        Assert.Contains("x.png", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Faults_of_the_request_are_found()
    {
        WriteImage("x.png", 40, 32);
        VideoTests.WriteVideo(folder["drive.mp4"], frames: 2, rate: 10);
        File.WriteAllText(folder["file"], "");
        Assert.Contains("none.safetensors", Fault(Request("x.png") with { Model = folder["none.safetensors"] }), StringComparison.Ordinal);
        var belowFile = Request("x.png") with { Output = Path.Combine(folder["file"], "below") };
        Assert.Contains("Cannot make the output folder", Fault(belowFile), StringComparison.Ordinal);
        Assert.Equal($"Cannot make the output folder '{folder["file"]}': it is a file. Choose another with --out.", Fault(Request("x.png") with { Output = folder["file"] }));
        Assert.Contains(
            "is a video, of which overlay, side-by-side, contours, confidence, mask, json can be saved",
            Fault(Request("drive.mp4") with { Save = PredictionOutputs.Ids }), StringComparison.Ordinal);
        Assert.Contains("The opacity is 0 to 1, not 2.", Fault(Request("x.png") with { Overlay = new OverlayOptions { Opacity = 2 } }), StringComparison.Ordinal);
        Assert.Contains("no file 'none.yaml'", Fault(Request("x.png") with { Palette = "none.yaml" }), StringComparison.Ordinal);
        WriteImage("segments.png", 40, 32);
        var clash = Request("segments.png") with { Save = PredictionOutputs.Coco | PredictionOutputs.Json };
        Assert.Contains("would be told of in segments.json, which tells of all images", Fault(clash), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(folder.Root, "out")));
    }

    [Fact]
    public void A_cancelled_job_stops()
    {
        for (var index = 0; index < 12; index++)
            WriteImage($"in/{index:00}.png", 40, 32);
        using CancellationTokenSource source = new();
        Assert.Throws<OperationCanceledException>(() => PredictionJob.Run(Request("in"), report => CancelAt(3, report.Done), source.Token));
        Assert.InRange(folder.Files("out").Count, 3, 11);
        Assert.DoesNotContain(folder.Files("out"), file => file.EndsWith(".tmp", StringComparison.Ordinal));

        void CancelAt(int count, int done)
        {
            if (done == count)
                source.Cancel();
        }
    }

    [Fact]
    public void What_tells_of_all_images_stays_when_a_video_behind_them_is_cancelled()
    {
        WriteImage("in/x.png", 40, 32);
        VideoTests.WriteVideo(folder["in/drive.mp4"], frames: 30, rate: 10);
        using CancellationTokenSource source = new();
        var request = Request("in") with { Save = PredictionOutputs.Overlay | PredictionOutputs.Coco | PredictionOutputs.CocoPolygons };
        Assert.Throws<OperationCanceledException>(() => PredictionJob.Run(request, report => { if (report.Frame == 2) source.Cancel(); }, source.Token));
        Assert.Equal(["polygons.json", "segments.json", "x_overlay.png"], folder.Files("out"));
        using var segments = JsonDocument.Parse(File.ReadAllText(folder["out/segments.json"]));
        Assert.NotEqual(0, segments.RootElement.GetArrayLength());
    }

    [Fact]
    public void A_review_holds_the_images_and_links_to_what_was_saved_of_them()
    {
        WriteImage("in/a/x.png", 80, 60);
        WriteImage("in/b.png", 40, 32);
        var summary = PredictionJob.Run(Request("in") with { Review = true, Save = PredictionOutputs.Overlay | PredictionOutputs.Json });
        Assert.Equal(folder["out/index.html"], summary.Review);
        Assert.DoesNotContain(summary.Files, file => file.Contains("review", StringComparison.Ordinal));
        var items = File.ReadAllText(folder["out/review/data/items-0.js"]);
        Assert.Contains("\"files\":[\"a/x_overlay.png\",\"a/x.json\"]", items, StringComparison.Ordinal);
        Assert.Contains("\"confidence\":0.", items, StringComparison.Ordinal);
    }

    [Fact]
    public void Probabilities_of_all_classes_add_up_to_one_and_the_class_has_the_greatest()
    {
        WriteImage("x.png", 83, 61);
        var wanted = PredictionOutputs.Probabilities | PredictionOutputs.Probabilities16 | PredictionOutputs.Ids;
        var summary = PredictionJob.Run(Request("x.png") with { Save = wanted });
        Assert.Equal(["x_ids.png", "x_probabilities.npy", "x_probabilities16.npy"], folder.Files("out"));
        Assert.Equal(3, summary.Files.Count);
        using Tensor full = NpyFile.Read(folder["out/x_probabilities.npy"]), half = NpyFile.Read(folder["out/x_probabilities16.npy"]);
        Assert.Equal([3, 61, 83], full.shape);
        Assert.Equal((ScalarType.Float32, ScalarType.Float16), (full.dtype, half.dtype));
        Assert.True((full.sum(dim: 0) - 1).abs().max().ToSingle() < 1e-5);
        Assert.True((full - half.to_type(ScalarType.Float32)).abs().max().ToSingle() < 5e-4);

        // As the network gives them: its output brought to the image's own size, then softmax.
        using var image = ImageFile.ReadColor(folder["x.png"]);
        using var network = TestModel.Create();
        network.eval();
        using var noGradient = no_grad();
        var logits = network.Predict(ImageTensor.FromBgr([image], TestModel.Description.Normalization));
        var large = nn.functional.interpolate(logits, [61, 83], mode: InterpolationMode.Bilinear, align_corners: network.AlignCorners);
        Assert.True((large.softmax(1)[0] - full).abs().max().ToSingle() < 1e-4);
        // The class is chosen there, too, and the same whether or not somebody wants the probabilities.
        PredictionJob.Run(Request("x.png") with { Save = PredictionOutputs.Ids, Output = folder["plain"] });
        var expected = large[0].argmax(0).to_type(ScalarType.Byte).contiguous().bytes.ToArray();
        foreach (var output in new[] { "out", "plain" })
        {
            using var ids = ImageFile.ReadGray(folder[$"{output}/x_ids.png"]);
            Assert.Equal(expected, TestImages.Values(ids));
        }
    }

    [Theory]
    [InlineData("overlay", "x_overlay.png")]
    [InlineData("ids16", "x_ids16.png")]
    [InlineData("coco", "segments.json")]
    [InlineData("coco-polygons", "polygons.json")]
    [InlineData("probabilities", "x_probabilities.npy")]
    [InlineData("json", "x.json")]
    public void A_full_disk_is_told_and_nothing_half_written_stays(string save, string result)
    {
        // Every write to /dev/full fails as on a full disk.
        if (!File.Exists("/dev/full"))
            return;
        WriteImage("x.png", 80, 60);
        File.CreateSymbolicLink(folder[$"out/{result}.tmp"], "/dev/full");
        var fault = Assert.Throws<IOException>(() => PredictionJob.Run(Request("x.png") with { Save = PredictionOutputNames.Parse(save) }));
        Assert.Matches("^Cannot write '.*out/.*': .*Free space there or choose another folder.$", fault.Message);
        Assert.Empty(folder.Files("out"));
    }

    [Fact]
    public void Frames_of_a_video_are_in_the_review_one_a_second_or_fewer()
    {
        VideoTests.WriteVideo(folder["in/drive.mp4"], frames: 10, rate: 2);
        WriteImage("in/x.png", 64, 48);
        var summary = PredictionJob.Run(Request("in") with { Review = true });
        Assert.Equal(folder["out/index.html"], summary.Review);
        Assert.Equal(["drive/frame 000000", "drive/frame 000002", "drive/frame 000004", "drive/frame 000006", "drive/frame 000008", "x"], ReviewedNames());
        PredictionJob.Run(Request("in/drive.mp4") with { Review = true, ReviewFrames = 3, Output = folder["few"] });
        Assert.Equal(["drive/frame 000000", "drive/frame 000004", "drive/frame 000008"], ReviewedNames("few"));
        // A frame has no file of its own: a list for labelling names the review's picture.
        var pictures = folder.Files("few/review/items").Where(file => file.EndsWith(".json", StringComparison.Ordinal))
            .Select(file => JsonDocument.Parse(File.ReadAllText(folder[$"few/review/items/{file}"])).RootElement.GetProperty("source").GetString());
        Assert.All(pictures, picture => Assert.True(File.Exists(picture)));
        Assert.Null(PredictionJob.Run(Request("in/drive.mp4") with { Review = true, ReviewFrames = 0, Output = folder["none"] }).Review);
    }

    private IEnumerable<string?> ReviewedNames(string output = "out") => folder.Files(output + "/review/items")
        .Where(file => file.EndsWith(".json", StringComparison.Ordinal))
        .Select(file => JsonDocument.Parse(File.ReadAllText(folder[$"{output}/review/items/{file}"])).RootElement.GetProperty("name").GetString())
        .Order(StringComparer.Ordinal);

    [Fact]
    public void A_cancelled_review_shows_what_was_done()
    {
        for (var index = 0; index < 12; index++)
            WriteImage($"in/{index:00}.png", 40, 32);
        using CancellationTokenSource source = new();
        Assert.Throws<OperationCanceledException>(
            () => PredictionJob.Run(Request("in") with { Review = true }, report => { if (report.Done == 3) source.Cancel(); }, source.Token));
        Assert.True(File.Exists(folder["out/index.html"]));
        Assert.Equal((ReviewPage.Build(folder["out"]).Items, 0), (folder.Files("out/review/items").Count / 4, ReviewPage.Build(folder["out"]).LeftOut));
        Assert.InRange(ReviewPage.Build(folder["out"]).Items, 3, 11);
    }

    [Fact]
    public void Outputs_are_named_by_words()
    {
        Assert.Equal(
            PredictionOutputs.Overlay | PredictionOutputs.Mask | PredictionOutputs.SideBySide | PredictionOutputs.Json,
            PredictionOutputNames.Parse("overlay, mask,Side-by-Side,json"));
        Assert.Equal("'Overlya' cannot be saved; did you mean 'overlay'?", Fault("Overlya"));
        Assert.Equal("'masks' cannot be saved; did you mean 'mask'?", Fault("overlay,masks"));
        Assert.StartsWith("'everything' cannot be saved; there are: overlay, side-by-side, ", Fault("everything"), StringComparison.Ordinal);
        Assert.StartsWith("Nothing would be saved; choose from overlay, side-by-side, ", Fault(" , "), StringComparison.Ordinal);

        static string Fault(string words) => Assert.Throws<InputException>(() => PredictionOutputNames.Parse(words)).Message;
    }

    [Fact]
    public void Colours_opacity_and_legend_are_as_asked_for()
    {
        WriteImage("x.png", 80, 60);
        File.WriteAllText(folder["colors.yaml"], "road: [10, 20, 30]\nsky: [40, 50, 60]\ncar: [70, 80, 90]\n");
        PredictionJob.Run(Request("x.png") with
        {
            Save = PredictionOutputs.Overlay | PredictionOutputs.Ids | PredictionOutputs.Json,
            Palette = folder["colors.yaml"],
            Overlay = new OverlayOptions { Opacity = 1, Outline = false, Legend = LegendPlacement.None },
        });
        using Mat ids = ImageFile.ReadGray(folder["out/x_ids.png"]), overlay = ImageFile.ReadColor(folder["out/x_overlay.png"]);
        Assert.Equal(new Size(80, 60), overlay.Size());
        Assert.Equal(
            TestImages.Values(ids).SelectMany(id => new[] { (byte)(30 * id + 30), (byte)(30 * id + 20), (byte)(30 * id + 10) }), TestImages.Values(overlay));
        using var report = JsonDocument.Parse(File.ReadAllText(folder["out/x.json"]));
        foreach (var one in report.RootElement.GetProperty("classes").EnumerateArray())
            Assert.Equal(30 * one.GetProperty("id").GetInt32() + 10, one.GetProperty("color")[0].GetInt32());
    }

    private static string Fault(PredictRequest request) => Assert.Throws<InputException>(() => PredictionJob.Run(request)).Message;

    /// <summary>As <see cref="TestModel.Save"/>, with a block behind the coarsest branch that takes no map of one position.</summary>
    private string SaveNonLocal()
    {
        var model = (SegmentationConfig)TestModel.Description.Model;
        HRNetPlacementConfig nonLocal = new() { Place = HRNetPlace.AfterBranch, Stages = [4], Branches = [-1], Block = new NonLocalConfig() };
        var description = TestModel.Description with { Model = model with { Backbone = (HRNetConfig)model.Backbone with { Placements = [nonLocal] } } };
        using var network = TestModel.Create(description.Model);
        ModelFile.Save(folder["non_local.safetensors"], network, description);
        return folder["non_local.safetensors"];
    }

    private PredictRequest Request(string input) => TestModel.Request(folder, input);

    private void WriteImage(string name, int width, int height) => TestImages.WriteGradient(folder[name], width, height);
}

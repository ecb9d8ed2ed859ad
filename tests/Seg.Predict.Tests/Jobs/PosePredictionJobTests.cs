using System.Text.Json;
using OpenCvSharp;
using Seg.Models;
using Seg.Models.Configuration;
using Seg.Models.Weights;
using Seg.Predict.Drawing;
using Seg.Predict.Imaging;
using Seg.Predict.Inputs;
using Seg.Predict.Jobs;
using Seg.Predict.Tests.Video;
using Seg.Predict.Views;

namespace Seg.Predict.Tests.Jobs;

public sealed class PosePredictionJobTests : IDisposable
{
    private const PredictionOutputs All = PredictionOutputs.Overlay | PredictionOutputs.SideBySide | PredictionOutputs.Json;

    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Images_of_one_person_each_get_drawings_and_keypoints()
    {
        WriteImage("in/a_0012.png", 80, 60);
        WriteImage("in/b/x7.jpg", 64, 48);
        var summary = PredictionJob.Run(Request("in") with { Save = All });
        Assert.Equal(
            ["a_0012.json", "a_0012_overlay.png", "a_0012_side_by_side.png", "b/x7.json", "b/x7_overlay.png", "b/x7_side_by_side.png", "keypoints.json"],
            folder.Files("out"));
        Assert.Equal(folder.Files("out").Order(), summary.Files.Select(file => Path.GetRelativePath(folder["out"], file)).Order());
        Assert.Equal(["2 persons found", "image ids in keypoints.json: the numbers at the ends of the file names"], summary.Notes);
        Assert.Empty(summary.Warnings);

        using var predictor = TestPoseModel.CreatePredictor();
        using var image = ImageFile.ReadColor(folder["in/a_0012.png"]);
        var person = predictor.Estimate([image])[0][0];
        var results = Results();
        Assert.Equal([(12L, "a_0012.png"), (7L, "x7.jpg")], results.Select(entry => (entry.GetProperty("image_id").GetInt64(), entry.GetProperty("file_name").GetString()!)));
        Assert.Equal(1, results[0].GetProperty("category_id").GetInt32());
        Assert.Equal(person.Score, results[0].GetProperty("score").GetSingle(), 1e-3);
        Assert.Equal(Flat(person).Select(Rounded), Numbers(results[0].GetProperty("keypoints")).Select(Rounded));

        using var report = JsonDocument.Parse(File.ReadAllText(folder["out/a_0012.json"]));
        var root = report.RootElement;
        Assert.Equal((12, 80, 60), (root.GetProperty("image_id").GetInt32(), root.GetProperty("width").GetInt32(), root.GetProperty("height").GetInt32()));
        Assert.Equal("nose", root.GetProperty("keypoint_names")[0].GetString());
        var told = root.GetProperty("persons")[0];
        Assert.Equal([0, 0, 80, 60], Numbers(told.GetProperty("box")));
        Assert.Equal(Flat(person).Select(Rounded), told.GetProperty("keypoints").EnumerateArray().SelectMany(Numbers).Select(Rounded));
        using var pair = ImageFile.ReadColor(folder["out/a_0012_side_by_side.png"]);
        Assert.Equal(new Size(162, 60), pair.Size());
    }

    [Fact]
    public void Images_without_numbers_of_their_own_are_counted()
    {
        foreach (var name in new[] { "x.png", "y1.png", "z.png" })
            WriteImage("in/" + name, 64, 48);
        var summary = PredictionJob.Run(Request("in") with { Save = PredictionOutputs.Json });
        Assert.Equal([1L, 2L, 3L], Results().Select(entry => entry.GetProperty("image_id").GetInt64()));
        Assert.Equal("image ids in keypoints.json: counted from 1, in the order of the inputs", summary.Notes[^1]);
    }

    [Fact]
    public void Persons_in_boxes_of_a_file_are_found_in_batches_across_images()
    {
        for (var index = 1; index <= 5; index++)
            WriteImage($"in/{index}.png", 70 + index, 60);
        WriteBoxes([.. Enumerable.Range(0, 14).Select(index => (index % 5 + 1, new float[] { 2 * index, 5, 30, 40 }, 0.5f + index * 0.03f))]);
        var request = Request("in") with { Save = All, Pose = new PoseRequest { Boxes = folder["boxes.json"], MinScore = 0 } };
        var summary = PredictionJob.Run(request);
        Assert.Empty(summary.Warnings);
        var together = File.ReadAllText(folder["out/keypoints.json"]);
        var results = Results();
        Assert.True(results.Count is > 5 and <= 14, $"{results.Count} persons");
        Assert.Equal(results.Select(entry => entry.GetProperty("image_id").GetInt64()).Order(), results.Select(entry => entry.GetProperty("image_id").GetInt64()));

        PredictionJob.Run(request with { Output = folder["again"] });
        Assert.Equal(together, File.ReadAllText(folder["again/keypoints.json"]));
        PredictionJob.Run(request with { Output = folder["single"], Predictor = request.Predictor with { BatchSize = 1 } });
        using var alone = JsonDocument.Parse(File.ReadAllText(folder["single/keypoints.json"]));
        Assert.Equal(results.Count, alone.RootElement.GetArrayLength());
    }

    [Fact]
    public void Images_that_wait_for_a_full_batch_let_the_next_one_find_room_in_memory()
    {
        for (var index = 1; index <= 9; index++)
            WriteImage($"in/{index}.png", 64, 48);
        var request = Request("in") with { Save = PredictionOutputs.Json, Pose = new PoseRequest { MinScore = 0 } };
        var inputs = InputSource.Find(request.Inputs, request.Output, standardInput: null, PredictionOutputNames.Endings);
        var plan = PosePlan.Make(request, inputs);
        PredictionRun<Person[]> run = new(request, inputs, _ => new PoseTask(plan, request), progress: null, mostMemory: 3 * 64 * 48 * 3);
        using CancellationTokenSource tooLong = new(TimeSpan.FromMinutes(1));
        Assert.Equal(9, run.Run(tooLong.Token).Images);
        Assert.Equal(Enumerable.Range(1, 9), Results().Select(entry => entry.GetProperty("image_id").GetInt32()));
    }

    [Fact]
    public void A_data_set_finds_its_images_by_their_files_names()
    {
        WriteImage("in/val/x.png", 64, 48);
        WriteImage("in/train/x.png", 64, 48);
        File.WriteAllText(folder["boxes.json"], """
            {"images": [{"id": 31, "file_name": "train/x.png"}, {"id": 32, "file_name": "val/x.png"}],
             "annotations": [{"image_id": 31, "bbox": [1, 1, 30, 30]}, {"image_id": 32, "bbox": [1, 1, 30, 30]}]}
            """);
        var summary = PredictionJob.Run(Request("in") with
        {
            Save = PredictionOutputs.Json,
            Pose = new PoseRequest { Boxes = folder["boxes.json"], MinScore = 0 },
        });
        Assert.Equal([("train/x", 31), ("val/x", 32)], new[] { "train/x", "val/x" }.Select(name =>
        {
            using var report = JsonDocument.Parse(File.ReadAllText(folder[$"out/{name}.json"]));
            return (name, report.RootElement.GetProperty("image_id").GetInt32());
        }));
        Assert.Equal($"image ids in keypoints.json: those of '{folder["boxes.json"]}'", summary.Notes[^1]);
    }

    [Fact]
    public void Boxes_that_fit_no_image_are_counted()
    {
        WriteImage("in/1.png", 64, 48);
        WriteImage("in/2.png", 64, 48);
        WriteBoxes([(1, [0, 0, 30, 30], 1), (1, [64, 0, 30, 30], 1), (1, [5, -40, 30, 40], 1), (8, [0, 0, 30, 30], 1), (9, [0, 0, 30, 30], 1), (1, [3, 3, 0, 9], 1)]);
        var summary = PredictionJob.Run(Request("in") with { Pose = new PoseRequest { Boxes = folder["boxes.json"] } });
        var file = folder["boxes.json"];
        Assert.Equal(
            [
                $"1 boxes in '{file}' have no area and were left out (the first: detection 5, of image 1)",
                $"1 images have no box in '{file}', and nobody was looked for in them (the first: '{folder["in/2.png"]}')",
                $"2 images with boxes in '{file}' are not among the inputs (the first: image 8)",
                $"2 boxes in '{file}' lie outside their image and were left out (the first: of '{folder["in/1.png"]}', 64 x 48)",
            ], summary.Warnings);
        Assert.Equal(2, summary.Images);
    }

    [Fact]
    public void Persons_of_a_low_score_are_left_out_and_counted()
    {
        WriteImage("1.png", 64, 48);
        var request = Request("1.png") with { Save = PredictionOutputs.Json };
        using (var network = TestPoseModel.Create())
        {
            using var withoutGradient = TorchSharp.torch.no_grad();
            foreach (var parameter in network.parameters())
                parameter.zero_();                              // finds nothing anywhere
            ModelFile.Save(request.Model, network, TestPoseModel.Description);
        }
        Assert.Equal("0 persons found; 1 more scored below 0.1", PredictionJob.Run(request).Notes[0]);
        Assert.Empty(Results());
        Assert.Equal("1 person found", PredictionJob.Run(request with { Pose = new PoseRequest { MinScore = 0 } }).Notes[0]);
        Assert.Single(Results());
    }

    [Fact]
    public void One_broken_image_does_not_stop_the_others()
    {
        WriteImage("in/1.png", 40, 32);
        WriteImage("in/3.png", 40, 32);
        File.WriteAllText(folder["in/2.png"], "no image");
        var summary = PredictionJob.Run(Request("in"));
        Assert.Contains("2.png", Assert.Single(summary.Failures).Message, StringComparison.Ordinal);
        Assert.Equal(["1_overlay.png", "3_overlay.png"], folder.Files("out"));
    }

    [Fact]
    public void An_image_that_the_network_does_not_take_is_named_and_does_not_stop_the_others()
    {
        WriteImage("in/1.png", 64, 64);
        WriteImage("in/2.png", 128, 64);
        WriteImage("in/3.png", 64, 64);
        RgaConfig ofOneSize = new() { Grid = [2, 2], SpatialReduction = 2, HiddenReduction = 1 };
        var model = TestPoseModel.SaveBottomUp(
            folder, new HRNetPlacementConfig { Place = HRNetPlace.AfterBranch, Stages = [4], Branches = [-1], Block = ofOneSize });
        var summary = PredictionJob.Run(Request("in") with { Model = model });
        var failure = Assert.Single(summary.Failures);
        Assert.StartsWith($"'{folder["in/2.png"]}' cannot be predicted: Relation-aware attention is made for", failure.Message, StringComparison.Ordinal);
        Assert.Equal(2, summary.Images);
        Assert.Equal(["1_overlay.png", "3_overlay.png"], folder.Files("out"));
    }

    [Fact]
    public void A_video_keeps_its_frames_and_rate_and_tells_of_each_frame()
    {
        VideoTests.WriteVideo(folder["in.mp4"], frames: 11, rate: 12.5);
        var request = Request("in.mp4") with
        {
            Save = PredictionOutputs.Overlay | PredictionOutputs.Json,
            Pose = new PoseRequest { Track = true, Smooth = true, MinScore = 0 },
        };
        var summary = PredictionJob.Run(request);
        Assert.Equal((0, 1, 11), (summary.Images, summary.Videos, summary.Frames));
        Assert.Equal(["in.json", "in_overlay.mp4"], folder.Files("out"));
        using (var video = Seg.Predict.Video.VideoReader.Open(folder["out/in_overlay.mp4"]))
        {
            Assert.Equal((64, 48, 11), (video.Width, video.Height, video.DeclaredFrames));
            Assert.Equal(12.5, video.FrameRate, 1e-3);
        }
        using var report = JsonDocument.Parse(File.ReadAllText(folder["out/in.json"]));
        var frames = report.RootElement.GetProperty("persons_by_frame").EnumerateArray().ToList();
        Assert.Equal(11, frames.Count);
        Assert.All(frames, frame => Assert.True(frame[0].GetProperty("track_id").GetInt32() > 0));

        var first = File.ReadAllText(folder["out/in.json"]);
        PredictionJob.Run(request);
        Assert.Equal(first, File.ReadAllText(folder["out/in.json"]));
    }

    [Fact]
    public void Persons_of_all_images_stay_when_a_video_behind_them_is_cancelled()
    {
        WriteImage("in/1.png", 64, 48);
        VideoTests.WriteVideo(folder["in/drive.mp4"], frames: 30, rate: 10);
        using CancellationTokenSource source = new();
        var request = Request("in") with { Save = PredictionOutputs.Json, Pose = new PoseRequest { MinScore = 0 } };
        Assert.Throws<OperationCanceledException>(() => PredictionJob.Run(request, report => { if (report.Frame == 2) source.Cancel(); }, source.Token));
        Assert.Equal(["1.json", "keypoints.json"], folder.Files("out"));
        Assert.Single(Results());
    }

    [Fact]
    public void Boxes_of_a_video_number_its_frames()
    {
        VideoTests.WriteVideo(folder["in.mp4"], frames: 4, rate: 10);
        WriteBoxes([(0, [0, 0, 30, 30], 1), (2, [0, 0, 30, 30], 1), (2, [30, 10, 30, 30], 1)]);
        PredictionJob.Run(Request("in.mp4") with { Save = PredictionOutputs.Json, Pose = new PoseRequest { Boxes = folder["boxes.json"], MinScore = 0 } });
        using var report = JsonDocument.Parse(File.ReadAllText(folder["out/in.json"]));
        var counts = report.RootElement.GetProperty("persons_by_frame").EnumerateArray().Select(frame => frame.GetArrayLength()).ToList();
        Assert.Equal((1, 0, 0), (counts[0], counts[1], counts[3]));
        Assert.InRange(counts[2], 1, 2);                        // two poses that are nearly one are one
    }

    [Fact]
    public void A_model_that_finds_persons_by_itself_takes_no_boxes()
    {
        WriteImage("in/1.png", 64, 64);
        WriteImage("in/2.png", 64, 64);
        var request = Request("in") with { Model = TestPoseModel.SaveBottomUp(folder), Save = PredictionOutputs.Json };
        Assert.Equal(2, PredictionJob.Run(request).Images);
        WriteBoxes([(1, [0, 0, 30, 30], 1)]);
        AssertFault(request with { Pose = new PoseRequest { Boxes = folder["boxes.json"] } }, $"finds persons by itself and takes no boxes; leave '{folder["boxes.json"]}' out.");
    }

    [Fact]
    public void Faults_of_the_request_are_found_before_anything_is_written()
    {
        WriteImage("1.png", 40, 32);
        WriteImage("x.png", 40, 32);
        WriteImage("other/1.png", 40, 32);
        WriteImage("keypoints.png", 40, 32);
        VideoTests.WriteVideo(folder["in.mp4"], frames: 2, rate: 10);
        WriteBoxes([(5, [0, 0, 30, 30], 1)]);
        PoseRequest boxes = new() { Boxes = folder["boxes.json"] };
        AssertFault(Request("1.png") with { Save = PredictionOutputs.Mask }, "'mask' cannot be saved of a pose model; choose from overlay, side-by-side, json.");
        AssertFault(Request("1.png") with { Pose = new PoseRequest { Track = true } }, "no input is one");
        AssertFault(Request("1.png") with { Pose = new PoseRequest { MinScore = 1.5 } }, "The lowest score is 0 to 1, not 1.5.");
        AssertFault(Request("1.png") with { Pose = boxes }, $"'{folder["1.png"]}' (image 1), the first box is of image 5.");
        AssertFault(Request("x.png") with { Pose = boxes }, $"'{folder["x.png"]}' (of no number)");
        AssertFault(Request("1.png") with { Inputs = [folder["1.png"], folder["other/1.png"]], Pose = boxes }, "are both image 1");
        AssertFault(Request("1.png") with { Inputs = [folder["1.png"], folder["in.mp4"]], Pose = boxes }, "predict videos one by one");
        AssertFault(Request("keypoints.png") with { Save = PredictionOutputs.Json }, "give it another name");
        AssertFault(Request("1.png") with { Overlay = new OverlayOptions { Opacity = 0.3 } }, "opacity, palette, legend and names of regions are for segmentation");
        AssertFault(WithViews(new ViewOptions { Window = [64, 64] }), "Windows are for segmentation models");
        AssertFault(WithViews(new ViewOptions { Scales = [0.5, 1] }), "Scales are for segmentation models");
        Assert.False(Directory.Exists(Path.Combine(folder.Root, "out")));

        PredictRequest WithViews(ViewOptions views) => Request("1.png") with { Predictor = TestPoseModel.Exact with { Views = views } };
    }

    [Fact]
    public void Options_of_pose_are_refused_by_a_model_of_classes()
    {
        WriteImage("1.png", 40, 32);
        var request = Request("1.png") with { Model = TestModel.Save(folder) };
        foreach (var pose in new PoseRequest[] { new() { Boxes = "x" }, new() { MinScore = 0 }, new() { Track = true }, new() { Smooth = true } })
            AssertFault(request with { Pose = pose }, "is for pose models.");
        AssertFault(
            request with { Pose = new PoseRequest { Boxes = "x", Track = true } },
            $"'{request.Model}' gives each pixel a class; a file of boxes, tracking are for pose models.");
    }

    private static void AssertFault(PredictRequest request, string message) =>
        Assert.Contains(message, Assert.Throws<InputException>(() => PredictionJob.Run(request)).Message, StringComparison.Ordinal);

    private PredictRequest Request(string input) => new()
    {
        Model = TestPoseModel.Save(folder),
        Inputs = [folder[input]],
        Output = Path.Combine(folder.Root, "out"),
        Predictor = TestPoseModel.Exact,
    };

    private void WriteImage(string name, int width, int height)
    {
        using var image = TestImages.Pattern(width, height);
        ImageFile.Write(folder[name], image);
    }

    private void WriteBoxes((int Image, float[] Box, float Score)[] boxes) => File.WriteAllText(
        folder["boxes.json"], JsonSerializer.Serialize(boxes.Select(box => new { image_id = box.Image, category_id = 1, bbox = box.Box, score = box.Score })));

    private List<JsonElement> Results()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(folder["out/keypoints.json"]));
        return [.. document.RootElement.Clone().EnumerateArray()];
    }

    private static IEnumerable<float> Flat(Person person) => person.Keypoints.SelectMany(keypoint => new[] { keypoint.X, keypoint.Y, keypoint.Score });

    private static IEnumerable<float> Numbers(JsonElement list) => list.EnumerateArray().Select(number => number.GetSingle());

    /// <summary>Batches of other sizes may be summed in another order.</summary>
    private static double Rounded(float number) => Math.Round(number, 2);
}

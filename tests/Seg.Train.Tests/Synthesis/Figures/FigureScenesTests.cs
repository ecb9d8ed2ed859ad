using System.Text.Json.Nodes;
using OpenCvSharp;
using Seg.Models;
using Seg.Predict.Imaging;
using Seg.Train.Synthesis.Figures;

namespace Seg.Train.Tests.Synthesis.Figures;

public sealed class FigureScenesTests : IDisposable
{
    private static readonly FigureConfig Small = new() { Train = 5, Val = 2, Width = 128, Height = 96 };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Files_stand_as_COCO_has_them()
    {
        FigureScenes.Write(folder.Path, Small);
        var files = Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).Select(file =>
            Path.GetRelativePath(folder.Path, file));
        Assert.Equal(
            ((string[])["annotations/person_keypoints_train2017.json", "annotations/person_keypoints_val2017.json",
                "person_detection_results/train2017.json", "person_detection_results/val2017.json",
                .. Enumerable.Range(1, 5).Select(id => $"train2017/{id:000000000000}.jpg"), "val2017/000001000001.jpg",
                "val2017/000001000002.jpg"]).Order(), files.Order());
        var truth = Json("annotations/person_keypoints_val2017.json");
        var coco = KeypointSet.Read("coco");
        Assert.Equal(coco.Names, truth["categories"]![0]!["keypoints"]!.AsArray().Select(name => (string?)name));
        Assert.Equal(coco.Skeleton, truth["categories"]![0]!["skeleton"]!.AsArray().Select(limb =>
            limb!.AsArray().Select(index => (int)index! - 1).ToArray()));
        Assert.Equal([1000001, 1000002], truth["images"]!.AsArray().Select(image => (int)image!["id"]!));
        foreach (var image in truth["images"]!.AsArray())
        {
            using var picture = ImageFile.ReadColor(folder.At("val2017", (string)image!["file_name"]!));
            Assert.Equal(((int)image["width"]!, (int)image["height"]!), (picture.Cols, picture.Rows));
        }
    }

    [Fact]
    public void Annotations_agree_with_themselves()
    {
        FigureScenes.Write(folder.Path, Small with { Train = 40, Val = 0 });
        HashSet<long> ids = [];
        var annotations = Json("annotations/person_keypoints_train2017.json")["annotations"]!.AsArray();
        foreach (var annotation in annotations)
        {
            Assert.True(ids.Add((long)annotation!["id"]!));
            Assert.Equal(0, (int)annotation["iscrowd"]!);
            float[] keypoints = Numbers(annotation["keypoints"]!), box = Numbers(annotation["bbox"]!);
            Assert.Equal(51, keypoints.Length);
            Assert.Equal(keypoints.Where((_, i) => i % 3 == 2).Count(visibility => visibility > 0), (int)annotation["num_keypoints"]!);
            Assert.InRange((float)annotation["area"]!, 1, box[2] * box[3]);
            Assert.True(box[0] >= 0 && box[1] >= 0 && box[0] + box[2] <= 128 && box[1] + box[3] <= 96);
            for (var i = 0; i < 51; i += 3)
            {
                if (keypoints[i + 2] == 0)
                    Assert.Equal((0, 0), (keypoints[i], keypoints[i + 1]));
                // What is seen of a person lies in the box around it; joints of thin limbs may be a pixel beside the drawn ones.
                if (keypoints[i + 2] == 2)
                    Assert.True(keypoints[i] > box[0] - 1.5 && keypoints[i] < box[0] + box[2] + 0.5 && keypoints[i + 1] > box[1] - 1.5
                        && keypoints[i + 1] < box[1] + box[3] + 0.5);
            }
        }
        var flags = annotations.SelectMany(annotation => Numbers(annotation!["keypoints"]!).Where((_, i) => i % 3 == 2))
            .GroupBy(flag => flag).ToDictionary(group => group.Key, group => group.Count());
        Assert.True(flags[2] > flags[1] && flags[1] > 50 && flags[0] > 20, string.Join(", ", flags));
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_with_any_number_of_threads()
    {
        FigureScenes.Write(folder.At("a"), Small with { Threads = 1 });
        FigureScenes.Write(folder.At("b"), Small with { Threads = 4 });
        foreach (var file in Directory.GetFiles(folder.At("a"), "*", SearchOption.AllDirectories))
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(folder.At("b", Path.GetRelativePath(folder.At("a"), file))));
    }

    [Fact]
    public void A_scene_does_not_depend_on_how_many_there_are_and_no_two_are_the_same()
    {
        FigureScenes.Write(folder.At("a"), Small);
        FigureScenes.Write(folder.At("b"), Small with { Train = 2, Val = 0 });
        FigureScenes.Write(folder.At("c"), Small with { Train = 2, Val = 0, Seed = 2 });
        Assert.Equal(File.ReadAllBytes(folder.At("a/train2017/000000000002.jpg")), File.ReadAllBytes(folder.At("b/train2017/000000000002.jpg")));
        var images = ((string[])["a", "c"]).SelectMany(set => Directory.GetFiles(folder.At(set), "*.jpg", SearchOption.AllDirectories));
        Assert.Equal(9, images.Select(file => Convert.ToBase64String(File.ReadAllBytes(file))).Distinct().Count());
    }

    [Fact]
    public void Detections_lie_near_the_people_and_some_hold_nobody()
    {
        FigureScenes.Write(folder.Path, Small with { Train = 0, Val = 40 });
        var people = Json("annotations/person_keypoints_val2017.json")["annotations"]!.AsArray();
        var detections = Json("person_detection_results/val2017.json").AsArray();
        Assert.InRange(detections.Count - people.Count, 3, 25);
        foreach (var person in people)
        {
            var best = detections.Where(detection =>
                (int)detection!["image_id"]! == (int)person!["image_id"]! && (double)detection["score"]! >= 0.6)
                .Max(detection => Overlap(Numbers(detection!["bbox"]!), Numbers(person!["bbox"]!)));
            Assert.True(best > 0.7, $"{best}");
        }
    }

    [Fact]
    public void A_video_has_its_frames_and_the_truth_of_each()
    {
        FigureScenes.WriteVideo(folder.At("walk.mp4"), Small, seconds: 2, framesPerSecond: 10);
        using VideoCapture video = new(folder.At("walk.mp4"));
        Assert.Equal((20, 128, 96), (video.FrameCount, video.FrameWidth, video.FrameHeight));
        var truth = Json("walk.json");
        Assert.Equal(20, Json("walk_boxes.json").AsArray().Select(box => (int)box!["image_id"]!).Distinct().Count());
        Assert.Equal(Enumerable.Range(0, 20), truth["images"]!.AsArray().Select(image => (int)image!["frame_id"]!));
        var tracks = truth["annotations"]!.AsArray().GroupBy(annotation => (int)annotation!["track_id"]!).ToArray();
        Assert.InRange(tracks.Length, 2, 4);
        foreach (var track in tracks)
        {
            // From frame to frame nobody moves further than a walker in a tenth of a second, and over the whole video everybody moves.
            var places = track.Where(annotation => Numbers(annotation!["keypoints"]!)[35] == 2).Select(annotation =>
                (Frame: (int)annotation!["image_id"]!, X: Numbers(annotation["keypoints"]!)[33])).ToArray();
            Assert.All(places.Zip(places.Skip(1)), pair =>
                Assert.InRange(Math.Abs(pair.Second.X - pair.First.X), 0, 14 * (pair.Second.Frame - pair.First.Frame)));
        }
        Assert.Contains(tracks, track => track.Count() > 15);
    }

    [Fact]
    public void Wrong_numbers_are_refused_by_name()
    {
        Assert.Contains("people", Assert.Throws<InputException>(() =>
            FigureScenes.Write(folder.Path, Small with { MostPeople = 10 })).Message);
        Assert.Contains("people", Assert.Throws<InputException>(() =>
            FigureScenes.Write(folder.Path, Small with { MostPeople = 0 })).Message);
        Assert.Contains("height", Assert.Throws<InputException>(() => FigureScenes.Write(folder.Path, Small with { Height = 10 })).Message);
        Assert.Contains("val", Assert.Throws<InputException>(() => FigureScenes.Write(folder.Path, Small with { Val = -1 })).Message);
        Assert.Contains("even", Assert.Throws<InputException>(() =>
            FigureScenes.WriteVideo(folder.At("v.mp4"), Small with { Width = 129 })).Message);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Cancelling_leaves_no_annotations_of_pictures_that_are_not_there()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => FigureScenes.Write(folder.Path, Small, cancellation: source.Token));
        Assert.Empty(Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories));
    }

    private JsonNode Json(string path) => JsonNode.Parse(File.ReadAllText(folder.At(path)))!;

    private static float[] Numbers(JsonNode node) => [.. node.AsArray().Select(number => (float)number!)];

    private static double Overlap(float[] a, float[] b)
    {
        var width = Math.Min(a[0] + a[2], b[0] + b[2]) - Math.Max(a[0], b[0]);
        var height = Math.Min(a[1] + a[3], b[1] + b[3]) - Math.Max(a[1], b[1]);
        var shared = Math.Max(width, 0) * Math.Max(height, 0);
        return shared / (a[2] * a[3] + b[2] * b[3] - shared);
    }
}

using System.Text.Json.Nodes;
using Seg.Models;
using Seg.Models.Configuration;
using Seg.Predict.Imaging;
using Seg.Train.Datasets.Keypoints;

namespace Seg.Train.Tests.Datasets.Keypoints;

public sealed class KeypointDatasetTests : IDisposable
{
    private readonly ExamplePeople data = new();

    public void Dispose() => data.Dispose();

    [Fact]
    public void People_come_image_by_image_with_all_that_the_file_says()
    {
        var people = (JsonArray)data.Train["annotations"]!;
        var last = people[5]!.DeepClone();
        people.RemoveAt(5);
        people.Insert(0, last);
        data.Save();
        var dataset = Open();

        Assert.Equal([10, 11, 20, 21, 31, 30], Enumerable.Range(0, dataset.Count).Select(index => dataset.Person(index).AnnotationId));
        var person = dataset.Person(1);
        Assert.Equal((1, 150.5, 1.0), (person.ImageId, person.Area, person.Score));
        Assert.Equal(new LabelledKeypoint(24, 8, 2), person.Keypoints[0]);
        Assert.Equal(1, person.Keypoints[4].Visibility);
        Assert.Equal((40, 30), person.ImageSize);
        Assert.Equal($"{data.Image("train", 1)}, annotation 11", dataset.Name(1));
        using var sample = dataset.Read(1);
        Assert.Equal((40, 30), (sample.Image.Cols, sample.Image.Rows));
        Assert.Same(person, sample.Person);
    }

    [Theory]      // x, y, width, height of the box in an image of 40 x 30, and what the official code makes of it
    [InlineData(4, 5, 12, 20, 4, 5, 11, 19)]
    [InlineData(-6, -2, 20, 10, 0, 0, 19, 9)]
    [InlineData(30, 20, 100, 100, 30, 20, 9, 9)]
    public void Boxes_are_clipped_as_in_the_official_code(int x, int y, int width, int height, float left, float top, float clippedWidth, float clippedHeight)
    {
        data.Person(0)["bbox"] = new JsonArray(x, y, width, height);
        data.Save();
        Assert.Equal(new PersonBox(left, top, clippedWidth, clippedHeight), Open().Person(0).Box);
    }

    [Fact]
    public void Crowds_people_without_keypoints_and_without_area_are_left_out()
    {
        data.Person(0)["iscrowd"] = 1;
        data.Person(1)["keypoints"] = new JsonArray([.. Enumerable.Range(0, 15).Select(_ => (JsonNode)0)]);
        data.Person(1)["num_keypoints"] = 0;
        data.Person(2).Remove("keypoints");
        data.Person(3)["area"] = 0;
        data.Person(4)["bbox"] = new JsonArray(41, 5, 12, 20);
        data.Save();
        Assert.Equal([31], Enumerable.Range(0, Open().Count).Select(index => Open().Person(index).AnnotationId));
    }

    [Fact]
    public void Other_categories_are_passed_over_and_one_can_be_named()
    {
        ((JsonArray)data.Train["categories"]!).Add(new JsonObject { ["id"] = 2, ["name"] = "dog" });
        data.Person(0)["category_id"] = 2;
        data.Save();
        Assert.Equal(5, Open().Count);
        data.Config = data.Config with { Category = "dog" };
        Assert.Equal(1, Open().Count);
        Assert.Contains("has no category 'horse'; there are: 'person', 'dog'. Name it with data.category.", Fault("train", data.Config with { Category = "horse" }));
    }

    [Fact]
    public void A_missing_area_is_the_boxs_and_sizes_that_are_not_said_clip_nothing()
    {
        data.Person(0).Remove("area");
        data.Person(0)["bbox"] = new JsonArray(-1, 5, 12, 20);
        ((JsonObject)data.Train["images"]![0]!).Remove("width");
        data.Save();
        var person = Open().Person(0);
        Assert.Equal((240.0, null), (person.Area, person.ImageSize));
        Assert.Equal(new PersonBox(-1, 5, 12, 20), person.Box);
    }

    [Fact]
    public void Images_of_another_size_are_refused_and_left_out_where_that_is_wanted()
    {
        Pictures.WriteNoise(data.Image("train", 1), 30, 40, seed: 1);
        using var dataset = (KeypointDataset)Open();
        var error = Assert.Throws<InputException>(() => dataset.Read(0));
        Assert.Contains("is 30 x 40 pixels, but the annotations (of the image 1) say 40 x 30; it may be turned by its EXIF orientation", error.Message);

        var tolerant = new TolerantKeypointDataset(dataset);
        Assert.Null(tolerant.ReadOrSkip(0));
        Assert.Contains("Left out, the 1st of 6 people.", Assert.Single(tolerant.TakeUntold()));
        Assert.Contains("too many to leave out", Assert.Throws<InputException>(() => tolerant.ReadOrSkip(1)).Message);
        using var sample = tolerant.ReadOrSkip(2)!.Value;
        Assert.Equal(20, sample.Person.AnnotationId);
    }

    [Fact]
    public void Decoded_images_are_kept_as_far_as_memory_is_given()
    {
        using var cached = (KeypointDataset)Open();
        using var without = (KeypointDataset)KeypointDatasetFactory.Create(data.Config with { CacheMegabytes = 0 }, "train");
        cached.Read(0).Dispose();
        File.Delete(data.Image("train", 1));
        cached.Read(1).Dispose();        // the other person of the same image
        Assert.Contains("There is no file", Assert.Throws<ImageFileException>(() => without.Read(1)).Message);
    }

    [Fact]
    public void Detections_take_the_place_of_annotated_boxes_where_people_are_scored()
    {
        File.WriteAllText(data.At("boxes.json"), """
            [{ "image_id": 12, "category_id": 1, "bbox": [3, 4, 10, 20], "score": 0.9 }, { "image_id": 11, "category_id": 1, "bbox": [-5, 4, 60, 20], "score": 0.5 },
             { "image_id": 11, "category_id": 3, "bbox": [1, 1, 5, 5], "score": 0.9 }, { "image_id": 12, "category_id": 1, "bbox": [3, 4, 10, 20], "score": 0.1 }]
            """);
        data.Config = data.Config with { Boxes = "boxes.json", LeastBoxScore = 0.2 };
        var dataset = KeypointDatasetFactory.Create(data.Config, "val");

        Assert.False(dataset.HasKeypoints);
        Assert.Equal([11, 12], Enumerable.Range(0, dataset.Count).Select(index => dataset.Person(index).ImageId));
        var person = dataset.Person(0);
        Assert.Equal((0.5, 0, new PersonBox(-5, 4, 60, 20)), (person.Score, person.AnnotationId, person.Box));
        Assert.Empty(person.Keypoints);
        Assert.Equal(2, KeypointDatasetFactory.Annotated(data.Config, "val").Count);
        Assert.True(Open().HasKeypoints);
        Assert.Equal(6, Open().Count);
    }

    [Fact]
    public void Mpii_is_read_as_the_official_code_does()
    {
        Directory.CreateDirectory(data.At("annot"));
        Pictures.WriteNoise(data.At("images", "a.png"), 60, 50, seed: 1);
        File.WriteAllText(data.At("annot", "valid.json"), """
            [{ "image": "a.png", "center": [31, 21], "scale": 0.2, "joints": [[10, 11], [20, 21], [0, 0], [-1, -1], [30, 31]], "joints_vis": [1, 1, 1, 0, 0] },
             { "image": "a.png", "center": [31, 21], "scale": 0.2, "joints": [[10, 11], [20, 21], [0, 0], [-1, -1], [30, 31]], "joints_vis": [0, 0, 0, 0, 0] }]
            """);
        var config = data.Config with { Format = PoseDataFormat.Mpii };
        var dataset = KeypointDatasetFactory.Create(config, "val");

        Assert.Equal(1, dataset.Count);
        var person = dataset.Person(0);
        // The authors' centre is (31 - 1, 21 + 15 · 0.2 - 1), their scale 0.2 · 1.25 of 200 pixels; the quarter is added by the crop.
        Assert.Equal((30f, 23f, 40f, 40f), (person.Box.X + person.Box.Width / 2, person.Box.Y + person.Box.Height / 2, person.Box.Width, person.Box.Height));
        Assert.Equal([new(9, 10, 2), new(19, 20, 2), new(-1, -1, 2), new(-2, -2, 0), new(29, 30, 0)], person.Keypoints);
        using var sample = dataset.Read(0);
        Assert.Equal(60, sample.Image.Cols);
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        Assert.Contains("There is no annotation file '", Fault("test"));
        Assert.Contains("There is no folder '", Fault("train", data.Config with { ImageFolder = "nowhere" }));
        Assert.Contains("There is no folder '/nowhere', which data.root names", Fault("train", data.Config with { Root = "/nowhere" }));
        Assert.Contains("There is no annotation file '", Fault("train", data.Config with { Format = PoseDataFormat.Mpii }));
    }

    [SharedFact("data/lspet")]
    public void Real_people_are_read_with_their_joint_set()
    {
        PoseDataConfig config = new()
        {
            Format = PoseDataFormat.CocoKeypoints,
            Root = SharedFiles.At("data", "lspet"),
            Keypoints = KeypointSetConfig.Read("lsp"),
            Splits = new() { ["train"] = "train", ["val"] = "val" },
            ImageFolder = "images/{split}",
        };
        using var training = (KeypointDataset)KeypointDatasetFactory.Create(config, "train");
        using var validation = (KeypointDataset)KeypointDatasetFactory.Create(config, "val");

        Assert.Equal((2498, 500, 14), (training.Count, validation.Count, training.Keypoints.Count));
        Assert.Equal("right_ankle", training.Keypoints.Names[0]);
        Assert.Equal(8, training.Keypoints.UpperBody.Length);
        using var sample = training.Read(0);
        Assert.Equal((157, 105), (sample.Image.Cols, sample.Image.Rows));
        Assert.Equal(13, sample.Person.Keypoints.Count(point => point.IsLabelled));
    }

    private IKeypointDataset Open() => KeypointDatasetFactory.Create(data.Config, "train");

    private string Fault(string split, PoseDataConfig? config = null) =>
        Assert.ThrowsAny<InputException>(() => KeypointDatasetFactory.Create(config ?? data.Config, split)).Message;
}

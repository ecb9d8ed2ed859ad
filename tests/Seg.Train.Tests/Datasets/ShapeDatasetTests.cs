using FsCheck;
using FsCheck.Fluent;
using Seg.Models;
using Seg.Predict.Imaging;
using Seg.Train.Checks;
using Seg.Train.Datasets;

namespace Seg.Train.Tests.Datasets;

/// <summary>Masks that are drawn: polygons, run lengths, and the two formats that hold them.</summary>
public sealed class ShapeDatasetTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_polygon_covers_the_pixels_whose_centres_it_contains()
    {
        using var mask = Pictures.Mask(6, 4, (_, _) => 0);
        PolygonFill.Fill(mask, [0.5, 0, 4.6, 0, 4.6, 2.5, 0.5, 2.5], 1);
        // Columns 0 (centre at 0.5, on the edge) to 4 (4.5); rows 0 and 1, and not 2, whose centre lies on the lower edge.
        Assert.Equal([1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], Pictures.Bytes(mask));
    }

    [Fact]
    public void Polygons_that_share_an_edge_share_no_pixel_and_leave_none_out() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            double[] center = [random.NextDouble() * 20, random.NextDouble() * 16];
            double[] corners = [0, 0, 20, 0, 20, 16, 0, 16];
            using var covered = Pictures.Mask(20, 16, (_, _) => 0);
            for (var side = 0; side < 4; side++)
            {
                using var part = Pictures.Mask(20, 16, (_, _) => 0);
                PolygonFill.Fill(part, [.. center, corners[2 * side], corners[2 * side + 1], corners[(2 * side + 2) % 8], corners[(2 * side + 3) % 8]], 1);
                for (var y = 0; y < 16; y++)
                {
                    for (var x = 0; x < 20; x++)
                        covered.Set(y, x, (byte)(covered.At<byte>(y, x) + part.At<byte>(y, x)));
                }
            }
            Assert.All(Pictures.Bytes(covered), count => Assert.Equal(1, count));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_polygon_may_reach_outside_of_the_mask_and_be_concave()
    {
        using var mask = Pictures.Mask(5, 4, (_, _) => 0);
        PolygonFill.Fill(mask, [-3, -3, 9, -3, 9, 9, 4, 9, 4, 1, 1, 1, 1, 9, -3, 9], 1);      // a door without its opening
        Assert.Equal([1, 1, 1, 1, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 1], Pictures.Bytes(mask));
    }

    [Fact]
    public void Run_lengths_go_down_the_columns()
    {
        using var mask = Pictures.Mask(3, 2, (_, _) => 9);
        new RunLengths(3, 2, [1, 3, 2]).Fill(mask, 1);
        // Column by column: 0 1 | 1 1 | 0 0
        Assert.Equal([9, 1, 9, 1, 1, 9], Pictures.Bytes(mask));
    }

    [Theory]
    // By the rules of COCO's rleToString: 5 bits a letter from 48 on, a sixth for "more".
    [InlineData("132", new[] { 1, 3, 2 })]
    [InlineData("02203O0", new[] { 0, 2, 2, 2, 5, 1, 5 })]
    [InlineData("P`1", new[] { 1536 })]
    public void Compressed_run_lengths_are_read(string text, int[] counts) => Assert.Equal(counts, RunLengths.Decode(text));

    [Theory]
    [InlineData("P")]
    [InlineData("!")]
    public void Run_lengths_that_are_none_are_refused(string text) => Assert.Throws<FormatException>(() => RunLengths.Decode(text));

    [Fact]
    public void Labelme_shapes_become_classes_later_ones_on_top()
    {
        Pictures.WriteImage(folder.At("train", "a.jpg"), 8, 6);
        File.WriteAllText(folder.At("train", "a.json"), """
            {
              "version": "5.0.1", "flags": {}, "imagePath": "a.jpg", "imageData": null, "imageHeight": 6, "imageWidth": 8,
              "shapes": [
                { "label": "road", "points": [[0, 2], [8, 2], [8, 6], [0, 6]], "shape_type": "polygon", "group_id": null, "flags": {} },
                { "label": "car", "points": [[2, 1], [5, 4]], "shape_type": "rectangle" },
                { "label": "sign", "points": [[7, 1], [7, 2]], "shape_type": "circle" }
              ]
            }
            """);
        var config = new SegmentationDataConfig { Format = DataFormat.Labelme, Root = folder.Path, Classes = ["background", "road", "car", "sign"] };
        var labels = Labels(DatasetFactory.Create(config, "train"));
        byte[] expected =
        [
            0, 0, 0, 0, 0, 0, 3, 3,
            0, 0, 2, 2, 2, 0, 3, 3,
            1, 1, 2, 2, 2, 1, 1, 1,
            1, 1, 2, 2, 2, 1, 1, 1,
            1, 1, 1, 1, 1, 1, 1, 1,
            1, 1, 1, 1, 1, 1, 1, 1,
        ];
        Assert.Equal(expected, labels);
        Assert.Equal(255, Labels(DatasetFactory.Create(config with { Classes = ["road", "car", "sign"] }, "train"))[0]);

        var error = Assert.Throws<InputException>(() => DatasetFactory.Create(config with { Classes = ["road", "car"] }, "train").Read(0));
        Assert.Contains("a.json' has a shape labelled 'sign', which is no class", error.Message);
    }

    [Fact]
    public void Labelme_faults_name_the_file()
    {
        Pictures.WriteImage(folder.At("train", "a.jpg"), 8, 6);
        var config = new SegmentationDataConfig { Format = DataFormat.Labelme, Root = folder.Path, Classes = ["road"] };
        Assert.Contains($"has no mask: there is no '{folder.At("train", "a.json")}'", Fault());

        File.WriteAllText(folder.At("train", "a.json"), "{ \"shapes\": [], \"imageWidth\": 9, \"imageHeight\": 6 }");
        Assert.Contains("was drawn on an image of 9 x 6 pixels, but", Fault());
        File.WriteAllText(folder.At("train", "a.json"), "{ \"shapes\": 3 }");
        Assert.Contains("a.json' is not the JSON that labelme writes", Fault());
        File.WriteAllText(folder.At("train", "a.json"), "{ \"shapes\": [{ \"label\": \"road\", \"points\": [[1, 2], [3]] }] }");
        Assert.Contains("a.json' is not the JSON that labelme writes: a point is [3], not [x, y]", Fault());
        File.WriteAllText(folder.At("train", "b.json"), "{}");
        Assert.Contains("b.json' has no image beside it", Fault());

        string Fault() => Assert.Throws<InputException>(() => DatasetFactory.Create(config, "train").Read(0)).Message;
    }

    [Fact]
    public void What_macOS_puts_beside_labelme_files_is_passed_over()
    {
        Pictures.WriteImage(folder.At("train", "a.jpg"), 8, 6);
        File.WriteAllText(folder.At("train", "a.json"), "{ \"shapes\": [], \"imageWidth\": 8, \"imageHeight\": 6 }");
        foreach (var name in new[] { "._a.jpg", "._a.json" })
            File.WriteAllText(folder.At("train", name), "Mac OS X");
        var config = new SegmentationDataConfig { Format = DataFormat.Labelme, Root = folder.Path, Classes = ["background", "road"] };
        Assert.Equal(1, DatasetFactory.Create(config, "train").Count);
    }

    [Fact]
    public void Coco_instances_are_drawn_the_smaller_on_the_larger_and_crowds_below()
    {
        WriteCoco("""
            { "id": 1, "image_id": 5, "category_id": 18, "iscrowd": 0, "area": 6, "segmentation": [[1, 1, 4, 1, 4, 3, 1, 3]] },
            { "id": 2, "image_id": 5, "category_id": 3, "iscrowd": 0, "area": 24, "segmentation": [[0, 0, 6, 0, 6, 2, 0, 2], [0, 3, 6, 3, 6, 4, 0, 4]] },
            { "id": 3, "image_id": 5, "category_id": 18, "iscrowd": 1, "area": 4, "segmentation": { "size": [4, 6], "counts": [19, 5] } }
            """);
        var dataset = DatasetFactory.Create(new SegmentationDataConfig { Format = DataFormat.Coco, Root = folder.Path }, "val");
        Assert.Equal(["background", "car", "dog"], dataset.Labels.Names);        // in the order of the categories' ids
        byte[] expected =
        [
            1, 1, 1, 1, 1, 1,
            1, 2, 2, 2, 1, 1,
            0, 2, 2, 2, 0, 2,
            1, 1, 1, 1, 1, 1,
        ];
        Assert.Equal(expected, Labels(dataset));
        Assert.Equal(DataFormat.Coco, DatasetFactory.Detect(folder.Path));

        // A few of the categories, as classes of one's own: others are left out.
        var dogs = new SegmentationDataConfig { Format = DataFormat.Coco, Root = folder.Path, Classes = ["dog"] };
        Assert.Equal([255, 0, 0, 0, 255, 0], Labels(DatasetFactory.Create(dogs, "val"))[6..12]);
    }

    [Fact]
    public void Coco_run_lengths_may_be_compressed()
    {
        WriteCoco("""{ "id": 1, "image_id": 5, "category_id": 3, "iscrowd": 0, "area": 3, "segmentation": { "size": [4, 6], "counts": "13d0" } }""");
        var labels = Labels(DatasetFactory.Create(new SegmentationDataConfig { Format = DataFormat.Coco, Root = folder.Path }, "val"));
        Assert.Equal([(1, 0), (2, 0), (3, 0)], labels.Select((label, place) => (label, place)).Where(item => item.label == 1).Select(item => (item.place / 6, item.place % 6)));
    }

    [Fact]
    public void Coco_faults_name_the_file()
    {
        WriteCoco("");
        var config = new SegmentationDataConfig { Format = DataFormat.Coco, Root = folder.Path };
        File.Delete(folder.At("val2017", "000005.jpg"));
        Assert.Contains("instances_val2017.json' lists '000005.jpg', which is not in", Fault());
        File.WriteAllText(folder.At("annotations", "instances_val2017.json"), "{ \"images\": [] }");
        Assert.Contains("instances_val2017.json' is not a COCO instances file", Fault());

        string Fault() => Assert.Throws<InputException>(() => DatasetFactory.Create(config, "val")).Message;
    }

    [Fact]
    public void Faults_of_coco_shapes_name_the_file_and_the_image()
    {
        WriteCoco("""{ "id": 1, "image_id": 5, "category_id": 3, "iscrowd": 0, "area": 3, "segmentation": [[0, 0, 5, 0]] }""");
        var config = new SegmentationDataConfig { Format = DataFormat.Coco, Root = folder.Path };
        var path = folder.At("annotations", "instances_val2017.json");
        var fault = Assert.Single(DataCheck.Run(config, new DataCheckOptions { Splits = ["val"] }).Faults, fault => fault.Kind == FaultKinds.BadShape);
        Assert.Equal(path, fault.File);
        Assert.StartsWith($"'{path}' for '000005.jpg' has a shape 'car' that has 2 points", fault.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[4, 6]", "[25, -30, 29]", "the run lengths hold -30")]
    [InlineData("[4]", "[24]", "the size of run lengths is [height, width], not [4]")]
    [InlineData("4", "[24]", "the size of run lengths is [height, width], not 4")]
    public void Coco_run_lengths_that_are_none_are_refused(string size, string counts, string says)
    {
        WriteCoco($$"""{ "id": 1, "image_id": 5, "category_id": 3, "iscrowd": 0, "area": 3, "segmentation": { "size": {{size}}, "counts": {{counts}} } }""");
        var config = new SegmentationDataConfig { Format = DataFormat.Coco, Root = folder.Path };
        var error = Assert.Throws<InputException>(() => DatasetFactory.Create(config, "val"));
        Assert.Contains($"is not a COCO instances file: {says}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"file_name\": \"000005.jpg\", ", "images[0] has no file_name")]
    [InlineData("\"name\": \"car\", ", "categories[1] has no name")]
    public void Coco_images_and_categories_need_names(string name, string says)
    {
        WriteCoco("");
        var path = folder.At("annotations", "instances_val2017.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace(name, "", StringComparison.Ordinal));
        var config = new SegmentationDataConfig { Format = DataFormat.Coco, Root = folder.Path };
        var error = Assert.Throws<InputException>(() => DatasetFactory.Create(config, "val"));
        Assert.Contains($"instances_val2017.json' is not a COCO instances file: {says}", error.Message, StringComparison.Ordinal);
    }

    private void WriteCoco(string annotations)
    {
        Pictures.WriteImage(folder.At("val2017", "000005.jpg"), 6, 4);
        Directory.CreateDirectory(folder.At("annotations"));
        foreach (var split in new[] { "train", "val" })
        {
            File.WriteAllText(folder.At("annotations", $"instances_{split}2017.json"), $$"""
                {
                  "info": { "year": 2017 },
                  "images": [{ "id": 5, "file_name": "000005.jpg", "width": 6, "height": 4, "license": 1 }],
                  "categories": [{ "id": 18, "name": "dog", "supercategory": "animal" }, { "id": 3, "name": "car", "supercategory": "vehicle" }],
                  "annotations": [{{annotations}}]
                }
                """);
        }
    }

    private static byte[] Labels(ISegmentationDataset dataset)
    {
        var (image, labels) = dataset.Read(0);
        using (image)
        using (labels)
            return Pictures.Bytes(labels);
    }
}

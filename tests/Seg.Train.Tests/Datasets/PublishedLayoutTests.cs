using Seg.Models;
using Seg.Train.Datasets;

namespace Seg.Train.Tests.Datasets;

/// <summary>The layouts of published data sets, on generated data of a few pixels.</summary>
public sealed class PublishedLayoutTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_published_list_has_as_many_classes_as_its_data_set_and_ids_of_their_own()
    {
        var counts = ClassTable.PublishedNames.ToDictionary(name => name, name => ClassTable.Published(name).Labels.Count);
        Assert.Equal(new Dictionary<string, int>
        {
            ["ade20k"] = 150,
            ["camvid"] = 11,
            ["cityscapes"] = 19,
            ["lip"] = 20,
            ["pascal_context"] = 59,
            ["pascal_context60"] = 60,
            ["pascal_voc"] = 21,
        }, counts);
        Assert.All(ClassTable.PublishedNames, name =>
        {
            var table = ClassTable.Published(name);
            Assert.Equal(table.Labels.Count, table.Ids.Distinct().Count());
            Assert.Equal(table.Labels.Count, table.Labels.Names.Distinct().Count());
            Assert.Empty(table.Ids.Intersect(table.IgnoreValues));
        });
    }

    [Fact]
    public void Ade20k_counts_its_classes_from_1_and_ignores_0()
    {
        foreach (var (split, name) in new[] { ("training", "ADE_train_00000001"), ("validation", "ADE_val_00000001") })
        {
            Pictures.WriteImage(folder.At("images", split, name + ".jpg"));
            Pictures.WriteMask(folder.At("annotations", split, name + ".png"), (x, _) => x switch { 0 => 0, 1 => 1, 2 => 150, 3 => 13, _ => 0 });
        }
        var config = new SegmentationDataConfig { Format = DataFormat.Ade20k, Root = folder.Path };
        Assert.Equal(DataFormat.Ade20k, DatasetFactory.Detect(folder.Path));
        foreach (var split in new[] { "train", "val" })
        {
            var dataset = DatasetFactory.Create(config, split);
            Assert.Equal([255, 0, 149, 12, 255], Labels(dataset)[..5]);
            Assert.Equal(("wall", "person", "flag"), (dataset.Labels.Names[0], dataset.Labels.Names[12], dataset.Labels.Names[149]));
            Assert.Equal(new Rgb(120, 120, 120), dataset.Labels.Colors[0]);
        }
        Pictures.WriteMask(folder.At("annotations", "training", "ADE_train_00000001.png"), (_, _) => 151);
        var error = Assert.Throws<InputException>(() => DatasetFactory.Create(config, "train").Read(0));
        Assert.Contains("allowed are 1 to 150 for the classes, 0, 255 for pixels without one", error.Message);
    }

    [Fact]
    public void Pascal_VOC_takes_the_images_of_its_list_in_the_lists_order()
    {
        WritePascal("SegmentationClass", "Segmentation", (x, _) => x switch { 0 => 0, 1 => 20, 2 => 255, _ => 15 });
        var config = new SegmentationDataConfig { Format = DataFormat.PascalVoc, Root = folder.Path };
        var dataset = DatasetFactory.Create(config, "train");

        Assert.Equal(["2007_000033", "2007_000032"], Enumerable.Range(0, dataset.Count).Select(index => Path.GetFileNameWithoutExtension(dataset.Name(index))));
        Assert.Equal([0, 20, 255, 15], Labels(dataset)[..4]);
        Assert.Equal((21, "person", new Rgb(192, 128, 128)), (dataset.Labels.Count, dataset.Labels.Names[15], dataset.Labels.Colors[15]));
        Assert.Equal(DataFormat.PascalVoc, DatasetFactory.Detect(folder.Path));

        var own = config with { Classes = ["ground", "thing"], ClassIds = [0, 15], IgnoreValues = [20, 255] };
        Assert.Equal([0, 255, 255, 1], Labels(DatasetFactory.Create(own, "train"))[..4]);
        Assert.Equal(1, DatasetFactory.Create(config with { Splits = new() { ["train"] = "val" } }, "train").Count);
    }

    [Fact]
    public void Pascal_lists_that_name_what_is_not_there_are_refused()
    {
        WritePascal("SegmentationClass", "Segmentation", (_, _) => 0);
        var config = new SegmentationDataConfig { Format = DataFormat.PascalVoc, Root = folder.Path };
        File.AppendAllText(folder.At("ImageSets", "Segmentation", "train.txt"), "2007_999999\n");
        var error = Assert.Throws<InputException>(() => DatasetFactory.Create(config, "train"));
        Assert.Contains("train.txt' lists '2007_999999', but there is no such image in", error.Message);

        error = Assert.Throws<InputException>(() => DatasetFactory.Create(config, "test"));
        Assert.Contains($"There is no list '{folder.At("ImageSets", "Segmentation", "test.txt")}'", error.Message);
    }

    [Fact]
    public void Pascal_ids_may_have_dots_and_lists_may_hold_whole_names()
    {
        foreach (var id in new[] { "frame.0001", "frame.0002" })
        {
            Pictures.WriteImage(folder.At("JPEGImages", $"{id}.jpg"));
            Pictures.WriteMask(folder.At("SegmentationClass", $"{id}.png"), (_, _) => 0);
        }
        Directory.CreateDirectory(folder.At("ImageSets", "Segmentation"));
        File.WriteAllText(folder.At("ImageSets", "Segmentation", "train.txt"), "frame.0001\nJPEGImages/frame.0002.jpg\n");
        var dataset = DatasetFactory.Create(new SegmentationDataConfig { Format = DataFormat.PascalVoc, Root = folder.Path }, "train");
        Assert.Equal(["frame.0001.jpg", "frame.0002.jpg"], Enumerable.Range(0, dataset.Count).Select(index => Path.GetFileName(dataset.Name(index))));
    }

    [Fact]
    public void Pascal_Context_has_59_classes_and_60_with_the_background()
    {
        WritePascal("SegmentationClassContext", "SegmentationContext", (x, _) => x switch { 0 => 0, 1 => 1, _ => 59 });
        var config = new SegmentationDataConfig { Format = DataFormat.PascalContext, Root = folder.Path };
        var dataset = DatasetFactory.Create(config, "val");
        Assert.Equal([255, 0, 58], Labels(dataset)[..3]);
        Assert.Equal(("aeroplane", "wood"), (dataset.Labels.Names[0], dataset.Labels.Names[58]));

        dataset = DatasetFactory.Create(config with { Format = DataFormat.PascalContext60 }, "val");
        Assert.Equal([0, 1, 59], Labels(dataset)[..3]);
        Assert.Equal("background", dataset.Labels.Names[0]);
        Assert.Equal(DataFormat.PascalContext, DatasetFactory.Detect(folder.Path));
    }

    [Fact]
    public void Lip_has_twenty_classes_of_which_six_change_sides_in_a_mirror()
    {
        foreach (var split in new[] { "train", "val" })
        {
            Pictures.WriteImage(folder.At("TrainVal_images", $"{split}_images", "77_471474.jpg"));
            Pictures.WriteMask(folder.At("TrainVal_parsing_annotations", $"{split}_segmentations", "77_471474.png"), (x, _) => x);
        }
        var dataset = DatasetFactory.Create(new SegmentationDataConfig { Format = DataFormat.Lip, Root = folder.Path }, "train");
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7], Labels(dataset)[..8]);
        Assert.Equal([(14, 15), (16, 17), (18, 19)], dataset.MirroredClasses);
        Assert.Equal("right-shoe", dataset.Labels.Names[19]);
        Assert.Equal(DataFormat.Lip, DatasetFactory.Detect(folder.Path));
    }

    private void WritePascal(string masks, string lists, Func<int, int, int> value)
    {
        foreach (var id in new[] { "2007_000032", "2007_000033", "2007_000039" })
        {
            Pictures.WriteImage(folder.At("JPEGImages", $"{id}.jpg"));
            Pictures.WriteMask(folder.At(masks, $"{id}.png"), value);
        }
        Directory.CreateDirectory(folder.At("ImageSets", lists));
        File.WriteAllText(folder.At("ImageSets", lists, "train.txt"), "2007_000033\n2007_000032 1\n\n");
        File.WriteAllText(folder.At("ImageSets", lists, "val.txt"), "2007_000039\r\n");
    }

    private static byte[] Labels(ISegmentationDataset dataset)
    {
        var (image, labels) = dataset.Read(0);
        using (image)
        using (labels)
            return Pictures.Bytes(labels);
    }
}

using Seg.Models;
using Seg.Predict.Imaging;
using Seg.Train.Datasets;

namespace Seg.Train.Tests.Datasets;

public sealed class CityscapesDatasetTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private SegmentationDataConfig Config => new() { Format = DataFormat.Cityscapes, Root = folder.Path };

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Label_ids_become_train_ids_and_what_is_not_evaluated_is_ignored()
    {
        // cityscapesScripts, helpers/labels.py: trainId of the ids 0 … 33
        byte[] trainIds =
        [
            255, 255, 255, 255, 255, 255, 255, 0, 1, 255, 255, 2, 3, 4, 255, 255, 255, 5, 255, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
            255, 255, 16, 17, 18,
        ];
        Write("train", "aachen", "aachen_000000_000019", width: 34);
        var dataset = DatasetFactory.Create(Config, "train");
        var (image, labels) = dataset.Read(0);
        using (image)
        using (labels)
            Assert.Equal(trainIds, Pictures.Bytes(labels)[..34]);
        Assert.Equal(19, dataset.Labels.Count);
        Assert.Equal(("motorcycle", new Rgb(0, 0, 230)), (dataset.Labels.Names[17], dataset.Labels.Colors[17]));
    }

    [SharedFact("reference/metrics/segmentation")]
    public void Train_ids_agree_with_the_official_files()
    {
        var folder = SharedFiles.At("reference", "metrics", "segmentation", "gtFine", "val", "testtown");
        var files = Directory.GetFiles(folder, "*_labelIds.png");
        Assert.Equal(12, files.Length);
        foreach (var path in files)
        {
            using var mask = ImageFile.ReadGray(path);
            using var expected = ImageFile.ReadGray(path.Replace("_labelIds", "_labelTrainIds"));
            ClassTable.Published("cityscapes").Encoding.Decode(mask, path);
            Assert.Equal(Pictures.Bytes(expected), Pictures.Bytes(mask));
        }
    }

    [Fact]
    public void Every_split_lists_its_cities_in_order()
    {
        foreach (var split in new[] { "train", "val", "test" })
        {
            Write(split, "zurich", "zurich_000001_000019");
            Write(split, "bochum", "bochum_000002_000019");
            var dataset = DatasetFactory.Create(Config, split);
            string[] expected =
            [
                folder.At("leftImg8bit", split, "bochum", "bochum_000002_000019_leftImg8bit.png"),
                folder.At("leftImg8bit", split, "zurich", "zurich_000001_000019_leftImg8bit.png"),
            ];
            Assert.Equal(expected, Enumerable.Range(0, dataset.Count).Select(dataset.Name));
            Assert.True(dataset.HasLabels);
        }
    }

    [Fact]
    public void The_test_split_may_lack_labels_and_then_is_all_ignored()
    {
        Pictures.WriteImage(folder.At("leftImg8bit", "test", "berlin", "berlin_000000_000019_leftImg8bit.png"));
        var dataset = DatasetFactory.Create(Config, "test");
        var (image, labels) = dataset.Read(0);
        using (image)
        using (labels)
            Assert.All(Pictures.Bytes(labels), label => Assert.Equal(255, label));
        Assert.False(dataset.HasLabels);
    }

    [Fact]
    public void Another_split_may_not()
    {
        Write("val", "lindau", "lindau_000000_000019");
        Pictures.WriteImage(folder.At("leftImg8bit", "val", "lindau", "lindau_000001_000019_leftImg8bit.png"));
        var error = Assert.Throws<InputException>(() => DatasetFactory.Create(Config, "val"));

        var mask = folder.At("gtFine", "val", "lindau", "lindau_000001_000019_gtFine_labelIds.png");
        Assert.Contains($"lindau_000001_000019_leftImg8bit.png' has no mask: there is no '{mask}'", error.Message);
    }

    [Fact]
    public void Images_of_other_names_are_no_Cityscapes()
    {
        Pictures.WriteImage(folder.At("leftImg8bit", "val", "lindau", "photo.png"));
        var error = Assert.Throws<InputException>(() => DatasetFactory.Create(Config, "val"));

        Assert.Contains("none of its files ends in '_leftImg8bit.png'", error.Message);
    }

    [Fact]
    public void A_layout_is_recognised_by_its_folders()
    {
        Assert.Null(DatasetFactory.Detect(folder.Path));
        Directory.CreateDirectory(folder.At("images"));
        Directory.CreateDirectory(folder.At("labels"));
        Assert.Equal(DataFormat.Camvid, DatasetFactory.Detect(folder.Path));
        Directory.CreateDirectory(folder.At("masks"));
        Assert.Equal(DataFormat.Folders, DatasetFactory.Detect(folder.Path));
        Directory.CreateDirectory(folder.At("leftImg8bit"));
        Assert.Equal(DataFormat.Cityscapes, DatasetFactory.Detect(folder.Path));
    }

    private void Write(string split, string city, string name, int width = 8)
    {
        Pictures.WriteImage(folder.At("leftImg8bit", split, city, name + "_leftImg8bit.png"), width);
        Pictures.WriteMask(folder.At("gtFine", split, city, name + "_gtFine_labelIds.png"), (x, _) => x, width);
    }
}

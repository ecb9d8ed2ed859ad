using Seg.Models;
using Seg.Train.Datasets;

namespace Seg.Train.Tests.Datasets;

public sealed class FolderDatasetTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private SegmentationDataConfig Config => new() { Format = DataFormat.Folders, Root = folder.Path, Classes = ["ground", "thing", "sky"] };

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Images_come_in_ordinal_order_of_their_names_with_their_own_masks()
    {
        foreach (var (name, value) in new[] { ("b", 1), ("a10", 0), ("a9", 2), ("B", 1) })
            Write("train", name, (_, _) => value);
        var dataset = DatasetFactory.Create(Config, "train");

        Assert.Equal(["B", "a10", "a9", "b"], Names(dataset));
        Assert.Equal([1, 0, 2, 1], Enumerable.Range(0, dataset.Count).Select(index => (int)ReadLabels(dataset, index)[0]));
        Assert.Equal(["ground", "thing", "sky"], dataset.Labels.Names);
    }

    [Fact]
    public void Mask_values_become_classes_as_the_config_says()
    {
        Write("train", "a", (x, _) => x switch { 0 => 10, 1 => 20, 2 => 30, _ => 7 });
        var dataset = DatasetFactory.Create(Config with { ClassIds = [20, 10, 30], IgnoreValues = [7] }, "train");

        Assert.Equal([1, 0, 2, 255, 255], ReadLabels(dataset, 0)[..5]);
    }

    [Fact]
    public void A_value_that_is_no_class_is_named_with_its_file_its_place_and_what_is_allowed()
    {
        Write("train", "a", (x, y) => x == 3 && y == 2 ? 9 : 1);
        var error = Assert.Throws<InputException>(() => DatasetFactory.Create(Config, "train").Read(0));

        Assert.Equal($"'{folder.At("masks", "train", "a.png")}' holds the value 9 at column 3, row 2, which is no class; " +
            "allowed are 0 to 2 for the classes, 255 for pixels without one.", error.Message);
    }

    [Fact]
    public void A_mask_of_another_size_is_named_with_both_sizes()
    {
        Pictures.WriteImage(folder.At("images", "train", "a.png"), 8, 6);
        Pictures.WriteMask(folder.At("masks", "train", "a.png"), (_, _) => 0, 6, 8);
        var error = Assert.Throws<InputException>(() => DatasetFactory.Create(Config, "train").Read(0));

        string mask = folder.At("masks", "train", "a.png"), image = folder.At("images", "train", "a.png");
        Assert.Contains($"'{mask}' is 6 x 8 pixels, but its image '{image}' is 8 x 6", error.Message);
    }

    [Fact]
    public void An_image_without_a_mask_is_named_with_where_the_mask_was_looked_for()
    {
        Write("train", "a", (_, _) => 0);
        foreach (var name in new[] { "b", "c" })
            Pictures.WriteImage(folder.At("images", "train", name + ".jpg"));
        var error = Assert.Throws<InputException>(() => DatasetFactory.Create(Config, "train"));

        string image = folder.At("images", "train", "b.jpg"), mask = folder.At("masks", "train", "b");
        Assert.Contains($"'{image}' has no mask: there is no '{mask}'", error.Message);
        Assert.EndsWith("Add the mask or remove the image. Another has the same fault; 'seg data check' lists them.", error.Message);
    }

    [Fact]
    public void A_mask_without_an_image_is_named()
    {
        Write("train", "a", (_, _) => 0);
        Pictures.WriteMask(folder.At("masks", "train", "z.png"), (_, _) => 0);
        var error = Assert.Throws<InputException>(() => DatasetFactory.Create(Config, "train"));

        Assert.Contains($"'{folder.At("masks", "train", "z.png")}' has no image", error.Message);
    }

    [Fact]
    public void Two_images_of_one_name_are_refused()
    {
        Write("train", "a", (_, _) => 0);
        Pictures.WriteImage(folder.At("images", "train", "a.jpg"));
        var error = Assert.Throws<InputException>(() => DatasetFactory.Create(Config, "train"));

        Assert.Contains("have the same name but for the extension", error.Message);
    }

    [Fact]
    public void An_empty_folder_is_named()
    {
        Directory.CreateDirectory(folder.At("images", "train"));
        Directory.CreateDirectory(folder.At("masks", "train"));
        var error = Assert.Throws<InputException>(() => DatasetFactory.Create(Config, "train"));

        Assert.StartsWith($"The folder '{folder.At("images", "train")}' holds no images (.png, .jpg", error.Message);
    }

    [Fact]
    public void A_missing_root_or_split_is_named()
    {
        var missing = Config with { Root = folder.At("nowhere") };
        Assert.Contains($"There is no folder '{missing.Root}', which data.root names", Fault(missing));

        Write("training", "a", (_, _) => 0);
        var error = Assert.Throws<InputException>(() => DatasetFactory.Create(Config, "train"));
        Assert.Contains($"There is no folder '{folder.At("images", "train")}'. Name the split's folder with data.splits", error.Message);
        Assert.Equal(1, DatasetFactory.Create(Config with { Splits = new() { ["train"] = "training" } }, "train").Count);
    }

    [Fact]
    public void A_folder_without_splits_holds_one_image_in_five_out()
    {
        for (var index = 0; index < 10; index++)
        {
            Pictures.WriteImage(folder.At("photos", $"{index}.png"));
            Pictures.WriteMask(folder.At("ids", $"{index}.png"), (_, _) => 0);
        }
        var config = Config with { ImageFolder = "photos", MaskFolder = "ids" };

        Assert.Equal(["0", "1", "2", "3", "5", "6", "7", "8"], Names(DatasetFactory.Create(config, "train")));
        Assert.Equal(["4", "9"], Names(DatasetFactory.Create(config, "val")));
        Assert.Contains("too few to validate on one in 11", Fault(config with { HoldOut = 11 }));
    }

    [Fact]
    public void Classes_come_from_a_file_beside_the_images_with_or_without_colours()
    {
        Write("train", "a", (_, _) => 1);
        var config = Config with { Classes = null };
        Assert.Contains("write them into", Fault(config));

        File.WriteAllText(folder.At("classes.txt"), "# ids from 0\nroad\n\ntraffic light 250 170 30\nsky: 70, 130, 180\n");
        var labels = DatasetFactory.Create(config, "train").Labels;
        Assert.Equal(["road", "traffic light", "sky"], labels.Names);
        Assert.Equal([new Rgb(128, 0, 0), new Rgb(250, 170, 30), new Rgb(70, 130, 180)], labels.Colors);

        File.WriteAllText(folder.At("classes.txt"), "road\nsky 70 130 300\n");
        Assert.Contains("classes.txt:2: a colour is three numbers of 0 to 255, not '300'", Fault(config));

        File.WriteAllText(folder.At("classes.txt"), "road\nroad\n");
        Assert.Contains("classes.txt:2: the class 'road' is named twice", Fault(config));
    }

    [Fact]
    public void An_unreadable_image_is_named_when_it_is_read()
    {
        Write("train", "a", (_, _) => 0);
        File.WriteAllBytes(folder.At("images", "train", "a.png"), File.ReadAllBytes(folder.At("images", "train", "a.png"))[..^20]);
        var error = Assert.ThrowsAny<InputException>(() => DatasetFactory.Create(Config, "train").Read(0));

        Assert.Contains(folder.At("images", "train", "a.png"), error.Message);
    }

    private void Write(string split, string name, Func<int, int, int> value)
    {
        Pictures.WriteImage(folder.At("images", split, name + ".png"));
        Pictures.WriteMask(folder.At("masks", split, name + ".png"), value);
    }

    private static string Fault(SegmentationDataConfig config) => Assert.Throws<InputException>(() => DatasetFactory.Create(config, "train")).Message;

    private static byte[] ReadLabels(ISegmentationDataset dataset, int index)
    {
        var (image, labels) = dataset.Read(index);
        using (image)
        using (labels)
            return Pictures.Bytes(labels);
    }

    private static IEnumerable<string?> Names(ISegmentationDataset dataset) =>
        Enumerable.Range(0, dataset.Count).Select(index => Path.GetFileNameWithoutExtension(dataset.Name(index)));
}

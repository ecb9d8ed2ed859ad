using Seg.Models;
using Seg.Train.Datasets;

namespace Seg.Train.Tests.Datasets;

public sealed class ClassTableTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Yaml_gives_names_colours_ids_ignored_values_and_mirrored_pairs()
    {
        var table = Read("""
            classes:
              - { name: left, color: [1, 2, 3], id: 7 }
              - { name: right, id: 9 }
            ignore_values: [0, 255]
            mirrored: [[left, right]]
            """);
        Assert.Equal(["left", "right"], table.Labels.Names);
        Assert.Equal([new Rgb(1, 2, 3), ClassPalette.Color(1)], table.Labels.Colors);
        Assert.Equal([7, 9], table.Ids);
        Assert.Equal([0, 255], table.IgnoreValues);
        Assert.Equal([[0, 1]], table.Labels.FlipPairs);
    }

    [Fact]
    public void What_yaml_leaves_out_is_numbered_and_255_ignored()
    {
        var table = Read("classes: [{ name: a }, { name: b }]");
        Assert.Equal([0, 1], table.Ids);
        Assert.Equal([255], table.IgnoreValues);
        Assert.Empty(Read("classes: [{ name: a }, { name: b, id: 255 }]").IgnoreValues);
    }

    [Theory]
    [InlineData("classes: []", "classes names 0 classes")]
    [InlineData("classes: [{ name: a }, { name: a }]", "names 'a' 2 times")]
    [InlineData("classes: [{ name: a, id: 300 }]", "has the id 300; mask values are 0 to 255")]
    [InlineData("classes: [{ name: a, id: 1 }, { name: b }]", "gives the id 1 to 2 classes")]
    [InlineData("classes: [{ name: a }]\nignore_values: [0]", "ignore_values names 0, which is a class id too")]
    [InlineData("classes: [{ name: a }]\nmirrored: [[a, b]]", "mirrored names 'b', which is no class")]
    [InlineData("classes: [{ nam: a }]", "did you mean 'name'?")]
    public void Faults_name_the_file_and_the_rule(string yaml, string expected)
    {
        var error = Assert.ThrowsAny<InputException>(() => Read(yaml));
        Assert.Contains(expected, error.Message);
        Assert.Contains("classes.yaml", error.Message);
    }

    [Fact]
    public void A_data_set_reads_classes_yaml_from_its_root()
    {
        Pictures.WriteImage(folder.At("images", "train", "a.png"));
        Pictures.WriteMask(folder.At("masks", "train", "a.png"), (x, _) => x < 4 ? 20 : 10);
        File.WriteAllText(folder.At("classes.yaml"), "classes: [{ name: thing, id: 10 }, { name: ground, id: 20 }]\nmirrored: [[thing, ground]]");
        var dataset = DatasetFactory.Create(new SegmentationDataConfig { Format = DataFormat.Folders, Root = folder.Path }, "train");
        var (image, labels) = dataset.Read(0);
        using (image)
        using (labels)
            Assert.Equal([1, 1, 1, 1, 0, 0, 0, 0], Pictures.Bytes(labels)[..8]);
        Assert.Equal([(0, 1)], dataset.MirroredClasses);
    }

    private ClassTable Read(string yaml)
    {
        File.WriteAllText(folder.At("classes.yaml"), yaml);
        return ClassTable.Read(folder.At("classes.yaml"));
    }
}

using Seg.Models.Configuration;
using Seg.Train.Datasets;

namespace Seg.Train.Tests.Datasets;

public class DataConfigTests
{
    [Fact]
    public void Yaml_fills_every_key()
    {
        var config = ConfigReader.Parse<SegmentationDataConfig>(
            """
            format: folders
            root: /data/mine
            splits: { val: validation }
            classes: [ground, thing]
            colors: [[1, 2, 3], [4, 5, 6]]
            class_ids: [1, 2]
            ignore_values: [0, 255]
            cache_megabytes: 0
            augmentation: { crop_size: [360, 480], scale: [1, 1], flip: 0, photometric: false }
            """, "test.yaml");

        Assert.Equal(DataFormat.Folders, config.Format);
        Assert.Equal("validation", config.Splits["val"]);
        Assert.Equal(new Seg.Models.Rgb(4, 5, 6), config.Colors![1]);
        Assert.Equal([360, 480], config.Augmentation.CropSize);
        Assert.False(config.Augmentation.Photometric);
    }

    [Theory]
    [InlineData("format: folders\nimage_folder: photos\nhold_out: 4", 4)]
    [InlineData("format: camvid\nhold_out: 5", 5)]     // the default, as a run's config.yaml has it
    public void What_is_held_out_may_be_said_where_it_is_read(string yaml, int expected) =>
        Assert.Equal(expected, ConfigReader.Parse<SegmentationDataConfig>(yaml, "test.yaml").HoldOut);

    [Theory]
    [InlineData("format: camvid\nclasses: [a]", "classes is read with format: folders, labelme, coco, pascal_voc alone, not with camvid")]
    [InlineData("format: labelme\nclass_ids: [1]", "class_ids is read with format: folders, pascal_voc alone, not with labelme")]
    [InlineData("format: pascal_context60\nimage_folder: a", "image_folder is read with format: folders, coco alone, not with pascal_context60")]
    [InlineData("format: folders\nclasses: [a, b]\nmirrored_classes: [[a, c]]", "mirrored_classes names 'c', which is no class")]
    [InlineData("format: folders\nclasses: [a, b]\nmirrored_classes: [[a, b], [b, a]]", "names 'a' in 2 pairs")]
    [InlineData("format: folders\nclasses: [a, a]", "classes names 'a' 2 times")]
    [InlineData("format: folders\nclasses: []", "classes is empty")]
    [InlineData("format: folders\nclasses: [a]\nclass_file: b.txt", "class_file is given beside classes")]
    [InlineData("format: folders\nclasses: [a]\ncolors: [[1, 2, 3], [1, 2, 3]]", "colors has 2 colours for 1 classes")]
    [InlineData("format: folders\nclasses: [a]\nclass_ids: [256]", "class_ids is [256]; mask values are 0 to 255")]
    [InlineData("format: folders\nclasses: [a, b]\nclass_ids: [1, 1]", "each class needs a value of its own")]
    [InlineData("format: folders\nclasses: [a]\nclass_ids: [255]\nignore_values: [255]", "ignore_values names 255, which is a class id too")]
    [InlineData("format: folders\nhold_out: 1", "hold_out is 1; must be at least 2")]
    [InlineData("format: camvid\nhold_out: 4", "hold_out is read with format: folders alone, not with camvid")]
    [InlineData("format: folders\nhold_out: 4", "hold_out is read with an image_folder without {split} alone")]
    [InlineData("format: folders\nimage_folder: photos/{split}\nhold_out: 4", "hold_out is read with an image_folder without {split} alone")]
    [InlineData("format: camvid\ncache_megabytes: -1", "cache_megabytes is -1; must be 0 (no cache) or more")]
    [InlineData("format: camvid\naugmentation: { crop_size: [360] }", "augmentation.crop_size is [360]; must be [height, width]")]
    [InlineData("format: camvid\naugmentation: { crop_size: [0, 480] }", "augmentation.crop_size is [0, 480]")]
    [InlineData("format: camvid\naugmentation: { scale: [2, 0.5] }", "scale is [2, 0.5]; must be [least, greatest], each 0.05 to 20")]
    [InlineData("format: camvid\naugmentation: { contrast: [0.5, .nan] }", "augmentation.contrast")]
    [InlineData("format: camvid\naugmentation: { flip: 1.5 }", "augmentation.flip is 1.5; must be a probability, 0 to 1")]
    [InlineData("format: camvid\naugmentation: { hue: 100 }", "augmentation.hue is 100; must be 0 to 90")]
    [InlineData("format: camvid\naugmentation: { brightness: -1 }", "augmentation.brightness is -1; must be 0 to 255")]
    [InlineData("format: camvit", "did you mean 'camvid'?")]
    [InlineData("root: .", "key 'format' is missing")]
    public void Faults_name_the_key_and_the_rule(string yaml, string expected)
    {
        var error = Assert.ThrowsAny<Seg.Models.InputException>(() => ConfigReader.Parse<SegmentationDataConfig>(yaml, "test.yaml"));
        Assert.Contains(expected, error.Message);
        Assert.Contains("test.yaml", error.Message);
    }
}

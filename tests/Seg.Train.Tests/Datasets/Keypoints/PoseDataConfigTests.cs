using Seg.Models.Configuration;
using Seg.Train.Datasets;
using Seg.Train.Datasets.Keypoints;

namespace Seg.Train.Tests.Datasets.Keypoints;

public class PoseDataConfigTests
{
    [Fact]
    public void The_format_says_which_kind_of_data_it_is()
    {
        var config = Assert.IsType<PoseDataConfig>(ConfigReader.Parse<DataConfig>(
            """
            format: coco_keypoints
            root: /data/people
            keypoints: lsp
            boxes: detections.json
            least_box_score: 0.2
            augmentation: { crop_size: [384, 288], rotation: 30, half_body: ~, cutout: { probability: 1 }, photometric: { hue: 5 } }
            """, "test.yaml"));

        Assert.Equal((PoseDataFormat.CocoKeypoints, 14, 0.2), (config.Format, config.ReadKeypoints().Count, config.LeastBoxScore));
        Assert.Equal([384, 288], config.TrainingSize);
        Assert.Null(config.Augmentation.HalfBody);
        Assert.Equal((0.35, 30.0, 0.6, 0.5), (config.Augmentation.Scale, config.Augmentation.Rotation, config.Augmentation.RotationProbability, config.Augmentation.Flip));
        Assert.Equal((1.0, 5.0), (config.Augmentation.Cutout!.Probability, config.Augmentation.Photometric!.Hue));
        Assert.IsType<SegmentationDataConfig>(ConfigReader.Parse<DataConfig>("format: camvid", "test.yaml"));
    }

    [Fact]
    public void What_is_written_is_read_back_with_its_format()
    {
        DataConfig[] configs =
        [
            new PoseDataConfig { Format = PoseDataFormat.Mpii, Splits = new() { ["val"] = "valid" } },
            new PoseDataConfig { Format = PoseDataFormat.CocoKeypoints, Keypoints = KeypointSetConfig.Read("lsp") },
            new SegmentationDataConfig { Format = DataFormat.PascalContext60 },
        ];
        foreach (var config in configs)
        {
            var text = ConfigReader.Write(config);
            Assert.Equal(1, text.Split("format:").Length - 1);
            Assert.Equal(text, ConfigReader.Write(ConfigReader.Parse<DataConfig>(text, "test.yaml")));
        }
    }

    [Fact]
    public void Every_format_stands_in_the_table_and_an_unknown_one_lists_them_all()
    {
        var formats = Enum.GetValues<DataFormat>().Cast<Enum>().Concat(Enum.GetValues<PoseDataFormat>().Cast<Enum>())
            .Select(format => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(format.ToString()));
        var table = typeof(DataConfig).GetCustomAttributes(typeof(VariantAttribute), inherit: false).Cast<VariantAttribute>().ToArray();
        Assert.Equal(formats.Order(), table.Select(variant => variant.Name).Order());

        var error = Assert.Throws<ConfigException>(() => ConfigReader.Parse<DataConfig>("format: something_else_entirely", "test.yaml"));
        Assert.All(table, variant => Assert.Contains(variant.Name, error.Message));
    }

    [Theory]
    [InlineData("format: coco_keypoint", "did you mean 'coco_keypoints'?")]
    [InlineData("format: mpii\nclasses: [a]", "unknown key 'classes'")]
    [InlineData("format: mpii\ncategory: person", "category is read with format: coco_keypoints alone")]
    [InlineData("format: mpii\nboxes: a.json", "boxes of a detector are read with format: coco_keypoints alone")]
    [InlineData("format: mpii\nboxes: ''", "boxes is empty; give 'annotations', or a file of detections")]
    [InlineData("format: mpii\nleast_box_score: 0.1", "least_box_score is read with a file of detections alone")]
    [InlineData("format: coco_keypoints\nboxes: a\nleast_box_score: .nan", "least_box_score")]
    [InlineData("format: mpii\nroot: ''", "root is empty")]
    [InlineData("format: mpii\naugmentation: { crop_size: [256] }", "crop_size is [256]; must be [height, width]")]
    [InlineData("format: mpii\naugmentation: { scale: 1 }", "scale is 1; must be 0 (none) to below 1")]
    [InlineData("format: mpii\naugmentation: { rotation: 200 }", "rotation is 200; must be 0 (none) to 180 degrees")]
    [InlineData("format: mpii\naugmentation: { rotation_probability: 2 }", "rotation_probability is 2; must be a probability")]
    [InlineData("format: mpii\naugmentation: { flip: -1 }", "flip is -1; must be a probability")]
    [InlineData("format: mpii\naugmentation: { half_body: { keypoints: -1 } }", "half_body.keypoints is -1; must be 0 or more")]
    [InlineData("format: mpii\naugmentation: { half_body: { probability: 3 } }", "half_body.probability is 3; must be a probability")]
    [InlineData("format: mpii\naugmentation: { photometric: { contrast: [2, 1] } }", "contrast is [2, 1]; must be [least, greatest]")]
    [InlineData("format: mpii\naugmentation: { photometric: { brightness: 300 } }", "brightness is 300; must be 0 to 255")]
    [InlineData("format: mpii\naugmentation: { photometric: { hue: 91 } }", "hue is 91; must be 0 to 90")]
    public void Faults_name_the_key_and_the_rule(string yaml, string expected)
    {
        var error = Assert.ThrowsAny<Seg.Models.InputException>(() => ConfigReader.Parse<DataConfig>(yaml, "test.yaml"));
        Assert.Contains(expected, error.Message);
    }
}

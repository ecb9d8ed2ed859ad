using Seg.Models;
using Seg.Train.Datasets;

namespace Seg.Train.Tests.Datasets;

public sealed class CamvidDatasetTests
{
    [Fact]
    public void Value_11_is_ignored_and_12_is_refused()
    {
        using var folder = new TemporaryFolder();
        Pictures.WriteImage(folder.At("images", "train", "a.jpg"));
        Pictures.WriteMask(folder.At("labels", "train", "a.png"), (x, _) => x + 4);
        var config = new SegmentationDataConfig { Format = DataFormat.Camvid, Root = folder.Path };

        var (image, labels) = DatasetFactory.Create(config, "train").Read(0);
        using (image)
        using (labels)
            Assert.Equal([4, 5, 6, 7, 8, 9, 10, 255], Pictures.Bytes(labels)[..8]);

        Pictures.WriteMask(folder.At("labels", "train", "a.png"), (x, _) => x + 5);
        var error = Assert.Throws<InputException>(() => DatasetFactory.Create(config, "train").Read(0));
        Assert.Contains("the value 12 at column 7, row 0, which is no class; allowed are 0 to 10 for the classes, 11, 255", error.Message);
    }

    [SharedFact("data/camvid")]
    public void The_published_split_is_read_in_full()
    {
        var config = new SegmentationDataConfig { Format = DataFormat.Camvid, Root = SharedFiles.At("data", "camvid") };
        Assert.Equal(367, DatasetFactory.Create(config, "train").Count);
        var validation = DatasetFactory.Create(config, "val");
        Assert.Equal(101, validation.Count);
        Assert.EndsWith("0016E5_07959.jpg", validation.Name(0));

        var pixels = new long[256];
        for (var index = 0; index < validation.Count; index += 2)
        {
            var (image, labels) = validation.Read(index);
            using (image)
            using (labels)
            {
                Assert.Equal((480, 360), (image.Cols, image.Rows));
                foreach (var label in Pictures.Bytes(labels))
                    pixels[label]++;
            }
        }
        // Counted by another program on every second mask: sky, building, road, tree, car, none.
        long[] found = [pixels[0], pixels[1], pixels[3], pixels[5], pixels[8], pixels[255]];
        Assert.Equal([807432, 2281516, 2548202, 1441472, 154358, 155612], found);
    }
}

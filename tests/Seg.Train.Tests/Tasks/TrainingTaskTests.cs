using Seg.Models;
using Seg.Train.Datasets;
using Seg.Train.Tasks;

namespace Seg.Train.Tests.Tasks;

public sealed class TrainingTaskTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Without_anything_to_validate_on_nothing_is_opened()
    {
        foreach (var name in new[] { "JPEGImages", "SegmentationClass", Path.Combine("ImageSets", "Segmentation") })
            Directory.CreateDirectory(folder.At(name));
        foreach (var split in new[] { "train", "val" })
            File.WriteAllText(folder.At("ImageSets", "Segmentation", $"{split}.txt"), "a\n");
        var data = new SegmentationDataConfig { Format = DataFormat.PascalVoc, Root = folder.Path, Classes = ["ground", "disc", "bar"] };

        var error = Assert.Throws<InputException>(() => TrainingTask.Open(TestConfigs.Tiny() with { Data = data }));
        Assert.Contains("There are no images to validate on", error.Message, StringComparison.Ordinal);
    }
}

using Seg.Models;
using Seg.Train.Datasets;
using Seg.Train.Transforms;

namespace Seg.Train.Tests.Datasets;

public class TolerantDatasetTests
{
    [Fact]
    public void The_next_item_stands_in_for_a_faulty_one_which_is_told_once()
    {
        var source = new MemoryDataset(20, faulty: 7);
        var tolerant = new TolerantDataset(source);
        for (var round = 0; round < 2; round++)
        {
            var (image, labels) = tolerant.Read(7);
            var (expected, expectedLabels) = source.Read(8);
            Assert.Equal(Pictures.Bytes(expected), Pictures.Bytes(image));
            Assert.Equal(Pictures.Bytes(expectedLabels), Pictures.Bytes(labels));
        }
        Assert.Equal(["'memory/7.png' is faulty. Left out, the 1st of 20 images."], tolerant.TakeUntold());
        Assert.Empty(tolerant.TakeUntold());
        Assert.Equal(1, source.Reads[7]);
        Assert.Null(tolerant.ReadOrSkip(7));
        Assert.NotNull(tolerant.ReadOrSkip(6));
    }

    [Fact]
    public void Batches_are_the_same_for_any_number_of_threads()
    {
        Assert.Equal(Batches(workers: 1), Batches(workers: 4));

        static List<float[]> Batches(int workers)
        {
            var tolerant = new TolerantDataset(new MemoryDataset(20, faulty: 7));
            using var loader = new BatchLoader(tolerant, new AugmentationConfig { CropSize = [16, 16] }, Normalization.ImageNet, 4, seed: 1, workers);
            List<float[]> contents = [];
            foreach (var batch in loader.Epoch(0))
            {
                using (batch)
                    contents.Add(batch.Images.contiguous().data<float>().ToArray());
            }
            Assert.Single(tolerant.TakeUntold());
            return contents;
        }
    }

    [Fact]
    public void More_than_a_tenth_of_faulty_files_is_too_much()
    {
        using var folder = new TemporaryFolder();
        for (var index = 0; index < 20; index++)
        {
            Pictures.WriteImage(folder.At("images", "train", $"{index:d2}.png"));
            Pictures.WriteMask(folder.At("masks", "train", $"{index:d2}.png"), (_, _) => 0);
        }
        var config = new SegmentationDataConfig { Format = DataFormat.Folders, Root = folder.Path, Classes = ["a", "b"], CacheMegabytes = 0 };
        var tolerant = new TolerantDataset(DatasetFactory.Create(config, "train"));
        foreach (var vanished in new[] { "03", "04", "11" })
            File.Delete(folder.At("images", "train", $"{vanished}.png"));

        var (image, _) = tolerant.Read(3);
        image.Dispose();
        var told = tolerant.TakeUntold();
        Assert.Equal(2, told.Count);
        Assert.Contains("There is no file", told[0]);
        var error = Assert.Throws<InputException>(() => tolerant.Read(11));
        Assert.Contains("3 of 20 images cannot be read, too many to leave out; the last: There is no file", error.Message);
    }
}

using OpenCvSharp;
using Seg.Train.Datasets;

namespace Seg.Train.Tests.Datasets;

public class CachedDatasetTests
{
    [Fact]
    public void What_fits_is_read_once_and_the_rest_each_time()
    {
        var source = new MemoryDataset(count: 3, width: 10, height: 10);
        using var cached = new CachedDataset(source, maximumBytes: 2 * 10 * 10 * 4);
        for (var round = 0; round < 3; round++)
        {
            for (var index = 0; index < 3; index++)
                Dispose(cached.Read(index));
        }
        Assert.Equal([1, 1, 3], source.Reads);
    }

    [Fact]
    public void Pixels_live_on_when_an_earlier_reader_has_disposed_his()
    {
        var source = new MemoryDataset(count: 1, width: 10, height: 10);
        using var cached = new CachedDataset(source, maximumBytes: 1000);
        var (expectedImage, expectedLabels) = source.Read(0);
        Dispose(cached.Read(0));
        var (image, labels) = cached.Read(0);

        Assert.Equal(Pictures.Bytes(expectedImage), Pictures.Bytes(image));
        Assert.Equal(Pictures.Bytes(expectedLabels), Pictures.Bytes(labels));
        Dispose((image, labels));
        Dispose((expectedImage, expectedLabels));
    }

    [Fact]
    public void Many_threads_may_read_the_same_image()
    {
        var source = new MemoryDataset(count: 4, width: 16, height: 16);
        using var cached = new CachedDataset(source, maximumBytes: 4 * 16 * 16 * 4);
        var sums = new long[64];
        Parallel.For(0, sums.Length, index =>
        {
            var (image, labels) = cached.Read(index % 4);
            sums[index] = Pictures.Bytes(image).Sum(value => (long)value) + labels.Rows;
            Dispose((image, labels));
        });
        Assert.Equal(4, sums.Distinct().Count());
        // What several threads have read at once counts once: all four fit, and soon none is read any more.
        ReadAll();
        var reads = source.Reads.ToArray();
        ReadAll();
        Assert.Equal(reads, source.Reads);

        void ReadAll()
        {
            for (var index = 0; index < 4; index++)
                Dispose(cached.Read(index));
        }
    }

    private static void Dispose((Mat Image, Mat Labels) sample)
    {
        sample.Image.Dispose();
        sample.Labels.Dispose();
    }
}

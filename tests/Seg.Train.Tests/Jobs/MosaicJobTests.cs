using Seg.Models;
using Seg.Train.Checks;
using Seg.Train.Datasets.Keypoints;
using Seg.Train.Jobs;

namespace Seg.Train.Tests.Jobs;

public sealed class MosaicJobTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly RunConfig config;

    public MosaicJobTests()
    {
        TinyScenes.Write(folder.At("scenes"), train: 6, validation: 3);
        config = TinyScenes.Config(folder.At("scenes"));
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Each_image_stands_in_as_many_pictures_as_there_are_copies_and_the_same_section_reads_them()
    {
        var made = MosaicJob.Run(Request("mosaics") with { Copies = 3 });

        Assert.Equal([new MosaicSplit("train", 6, 36), new MosaicSplit("val", 3, 18)], made);
        var data = (PoseDataConfig)config.Data! with { Root = folder.At("mosaics") };
        using var scenes = KeypointDatasetFactory.CreateScenes(data, "train", withPeople: true);
        // Six images make one picture of four and one of two, three times.
        Assert.Equal([4, 4, 4, 8, 8, 8], Enumerable.Range(0, 6).Select(index => scenes[index].People.Count).Order());
        // Boxes without keypoints are kept where they are shown at all.
        Assert.InRange(Enumerable.Range(0, 6).Sum(index => scenes[index].Unannotated.Count), 1, 18);
        var report = DataCheck.Run(data, new DataCheckOptions { Depth = CheckDepth.Full, ModelClasses = 3, BatchSize = 1 });
        Assert.Equal(0, report.Errors);
    }

    [Fact]
    public void The_same_seed_makes_the_same_bytes_and_another_one_does_not()
    {
        foreach (var (name, seed) in new[] { ("first", 5), ("second", 5), ("third", 6) })
            MosaicJob.Run(Request(name) with { Seed = seed, Splits = ["val"] });

        byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(folder.At(name), "val", "000000000001.jpg"));
        Assert.Equal(Bytes("first"), Bytes("second"));
        Assert.NotEqual(Bytes("first"), Bytes("third"));
        Assert.False(Directory.Exists(Path.Combine(folder.At("first"), "train")));
    }

    [Fact]
    public void What_cannot_be_made_is_refused_before_anything_is_written()
    {
        Refused(Request("scenes"), "folder of the data themselves");
        Refused(Request("out") with { Columns = 40, Width = 512 }, "40 x 2 images");
        Refused(Request("out") with { Splits = ["train", "nowhere"] }, "nowhere");
        Refused(Request("out") with { Config = TestConfigs.Tiny() }, "Only data with keypoints");
        Assert.False(Directory.Exists(folder.At("out")));

        static void Refused(MosaicRequest request, string message) =>
            Assert.Contains(message, Assert.Throws<InputException>(() => MosaicJob.Run(request)).Message);
    }

    private MosaicRequest Request(string output) => new() { Config = config, Out = folder.At(output), Width = 128, Height = 128 };
}

using OpenCvSharp;
using Seg.Models;
using Seg.Train.Metrics;
using Seg.Train.Runs;

namespace Seg.Train.Tests.Runs;

public sealed class ClassTablesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Each_class_has_a_line_and_those_that_occur_a_row_in_the_picture()
    {
        var config = TestConfigs.Tiny(folder.At("data"));
        var run = RunDirectory.Create(folder.At("run"), config);
        var labels = new LabelSet { Names = ["road", "sky, cloudy", "bus"], Colors = [new(1, 2, 3), new(4, 5, 6), new(7, 8, 9)] };
        var result = new SegmentationScores
        {
            Labels = labels,
            Images = 1,
            Pixels = 10,
            MeanIoU = 0.5,
            FrequencyWeightedIoU = 0.5,
            PixelAccuracy = 0.5,
            MeanAccuracy = 0.5,
            IoU = [0.5, 0.25, double.NaN],
            Accuracy = [0.75, 1, double.NaN],
            Confusion = [[6, 2, 0], [0, 2, 0], [0, 0, 0]],
        };

        ClassTables.Write(run, result, epoch: 4);

        Assert.Equal(
            ["class,iou,accuracy,pixels", "road,0.500000,0.750000,8", "\"sky, cloudy\",0.250000,1.000000,2", "bus,,,0"],
            File.ReadAllLines(run.Classes));
        using var all = Cv2.ImRead(run.Confusion);
        ClassTables.Write(run, result with { Confusion = [[6, 2, 0], [0, 2, 0], [0, 0, 1]] }, epoch: 4);
        using var wider = Cv2.ImRead(run.Confusion);
        Assert.True(wider.Cols > all.Cols);
    }

    public void Dispose() => folder.Dispose();
}

using FsCheck;
using FsCheck.Fluent;
using Seg.Predict;
using Seg.Predict.Imaging;
using Seg.Predict.Outputs;
using Seg.Train.Datasets;

namespace Seg.Train.Tests.Datasets;

/// <summary>What a prediction writes, as a data set reads it.</summary>
public class PredictedShapesTests
{
    [Fact]
    public void Outlines_of_any_label_map_are_read_back_as_its_pixels() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var (width, height) = (random.Next(1, 20), random.Next(1, 20));
            LabelMap map = new(width, height, [.. Enumerable.Range(0, width * height).Select(_ => (byte)random.Next(3))]);
            using var mask = Pictures.Mask(width, height, (_, _) => 9);
            for (byte id = 0; id < 3; id++)
            {
                foreach (var region in RegionOutlines.Of(map, id))
                    PolygonFill.Fill(mask, [.. region.Outline.Select(corner => (double)corner)], id);
            }
            Assert.Equal(map.Labels, Pictures.Bytes(mask));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Label_ids_of_Cityscapes_are_those_of_its_class_list()
    {
        var table = ClassTable.Published("cityscapes");
        Assert.Equal(table.Ids, CityscapesLabels.IdsOf(table.Labels)[..table.Labels.Count].Select(id => (int)id));
    }
}

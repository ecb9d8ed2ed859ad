using Seg.Models;
using Seg.Train.Datasets;

namespace Seg.Train.Tests.Datasets;

public class ClassPaletteTests
{
    [Fact]
    public void The_first_colours_are_those_of_PASCAL_VOC_after_its_background()
    {
        Rgb[] voc =
        [
            new(128, 0, 0), new(0, 128, 0), new(128, 128, 0), new(0, 0, 128),
            new(128, 0, 128), new(0, 128, 128), new(128, 128, 128), new(64, 0, 0),
        ];
        Assert.Equal(voc, Enumerable.Range(0, voc.Length).Select(ClassPalette.Color));
    }

    [Fact]
    public void No_two_classes_look_alike() =>
        Assert.Equal(255, Enumerable.Range(0, 255).Select(ClassPalette.Color).Distinct().Count());
}

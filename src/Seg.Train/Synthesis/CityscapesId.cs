using Seg.Models;

namespace Seg.Train.Synthesis;

/// <summary>The label ids of Cityscapes that scenes hold, and their colours (cityscapesScripts, helpers/labels.py).</summary>
internal static class CityscapesId
{
    public const byte Road = 7, Sidewalk = 8, Building = 11, Wall = 12, Fence = 13, Pole = 17, TrafficLight = 19, TrafficSign = 20,
        Vegetation = 21, Terrain = 22, Sky = 23, Person = 24, Rider = 25, Car = 26, Truck = 27, Bus = 28, Bicycle = 33;

    /// <summary>The colour of each id; black for ids that no scene holds.</summary>
    public static Rgb[] Colors { get; } = MakeColors();

    private static Rgb[] MakeColors()
    {
        var colors = new Rgb[34];
        colors[Road] = new(128, 64, 128);
        colors[Sidewalk] = new(244, 35, 232);
        colors[Building] = new(70, 70, 70);
        colors[Wall] = new(102, 102, 156);
        colors[Fence] = new(190, 153, 153);
        colors[Pole] = new(153, 153, 153);
        colors[TrafficLight] = new(250, 170, 30);
        colors[TrafficSign] = new(220, 220, 0);
        colors[Vegetation] = new(107, 142, 35);
        colors[Terrain] = new(152, 251, 152);
        colors[Sky] = new(70, 130, 180);
        colors[Person] = new(220, 20, 60);
        colors[Rider] = new(255, 0, 0);
        colors[Car] = new(0, 0, 142);
        colors[Truck] = new(0, 0, 70);
        colors[Bus] = new(0, 60, 100);
        colors[Bicycle] = new(119, 11, 32);
        return colors;
    }
}

using OpenCvSharp;
using Seg.Models;

namespace Seg.Train.Datasets;

/// <summary>
/// Draws shapes into label maps. Pixels that no shape covers belong to the class <c>background</c> where the list has one, and are ignored
/// otherwise. Later shapes cover earlier ones.
/// </summary>
internal sealed class ShapeMask
{
    public const string Background = "background";

    private readonly Dictionary<string, byte> ids = new(StringComparer.Ordinal);
    private readonly byte rest;

    public ShapeMask(LabelSet labels)
    {
        for (var id = 0; id < labels.Count; id++)
            ids[labels.Names[id]] = (byte)id;
        rest = ids.GetValueOrDefault(Background, labels.IgnoreIndex);
    }

    /// <summary>Whether a label is a class.</summary>
    public bool Knows(string label) => ids.ContainsKey(label);

    /// <param name="shapes">Those whose label is no class are left out.</param>
    /// <returns>CV_8UC1.</returns>
    public Mat Draw(IEnumerable<DrawnShape> shapes, int width, int height)
    {
        var mask = new Mat(height, width, MatType.CV_8UC1, Scalar.All(rest));
        foreach (var shape in shapes)
        {
            if (!ids.TryGetValue(shape.Label, out var id))
                continue;
            if (shape.Runs is { } runs && runs.Width == width && runs.Height == height)
                runs.Fill(mask, id);
            foreach (var ring in shape.Rings)
                PolygonFill.Fill(mask, ring, id);
        }
        return mask;
    }
}

using Seg.Models;

namespace Seg.Predict;

/// <summary>How much of an image one class covers.</summary>
/// <param name="Id">The class's index in its label set.</param>
/// <param name="Pixels">Pixels of the class.</param>
/// <param name="Share">The same as a part of all pixels of the image, 0–1.</param>
public sealed record ClassShare(int Id, string Name, Rgb Color, int Pixels, double Share)
{
    /// <summary>
    /// The classes that occur in a label map, the largest first; equal ones in the order of their ids. Ids outside the classes do not count.
    /// </summary>
    public static IReadOnlyList<ClassShare> Of(LabelMap map, LabelSet classes)
    {
        var counts = map.Count();
        return [.. Enumerable.Range(0, Math.Min(classes.Count, counts.Length))
            .Where(id => counts[id] > 0 && id != classes.IgnoreIndex)
            .Select(id => new ClassShare(id, classes.Names[id], classes.Colors[id], counts[id], counts[id] / (double)map.Labels.Length))
            .OrderByDescending(share => share.Pixels).ThenBy(share => share.Id)];
    }
}

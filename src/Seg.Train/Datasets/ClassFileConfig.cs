using Seg.Models;
using Seg.Models.Configuration;

namespace Seg.Train.Datasets;

/// <summary>A class list in YAML: <c>classes: [{ name: road, color: [128, 64, 128], id: 7 }]</c>.</summary>
public sealed record ClassFileConfig : IChecked
{
    /// <summary>The classes, in the order of the network's outputs; 1 to 255 of them.</summary>
    public required ClassEntry[] Classes { get; init; }

    /// <summary>Mask values of pixels that count nowhere, 0–255. Default: 255, where no class has it.</summary>
    public int[]? IgnoreValues { get; init; }

    /// <summary>Pairs of classes that change places when an image is mirrored: <c>[[left-arm, right-arm]]</c>. Default: none.</summary>
    public string[][] Mirrored { get; init; } = [];

    public IEnumerable<ConfigFault> Faults()
    {
        if (Classes.Length is 0 or > 255)
            yield return new(nameof(Classes), $"names {Classes.Length} classes; there must be 1 to 255");
        if (Classes.GroupBy(entry => entry.Name).FirstOrDefault(group => group.Count() > 1) is { } doubled)
            yield return new(nameof(Classes), $"names '{doubled.Key}' {doubled.Count()} times; each class needs a name of its own");
        var ids = Classes.Select((entry, index) => entry.Id ?? index).ToArray();
        if (ids.Any(id => id is < 0 or > 255))
            yield return new(nameof(Classes), $"has the id {ids.First(id => id is < 0 or > 255)}; mask values are 0 to 255");
        if (ids.GroupBy(id => id).FirstOrDefault(group => group.Count() > 1) is { } shared)
            yield return new(nameof(Classes), $"gives the id {shared.Key} to {shared.Count()} classes; each needs one of its own");
        if (IgnoreValues is not null && IgnoreValues.Any(value => value is < 0 or > 255))
            yield return new(nameof(IgnoreValues), $"is [{string.Join(", ", IgnoreValues)}]; mask values are 0 to 255");
        if (IgnoreValues is not null && IgnoreValues.Intersect(ids).ToArray() is [var ignored, ..])
            yield return new(nameof(IgnoreValues), $"names {ignored}, which is a class id too");
        if (ClassTable.FaultOfMirrored(Mirrored, [.. Classes.Select(entry => entry.Name)]) is { } fault)
            yield return new(nameof(Mirrored), fault);
    }

    /// <summary>The classes as the data sets use them.</summary>
    public ClassTable ToTable()
    {
        int[] ids = [.. Classes.Select((entry, index) => entry.Id ?? index)];
        string[] names = [.. Classes.Select(entry => entry.Name)];
        return new ClassTable
        {
            Labels = new LabelSet
            {
                Names = names,
                Colors = [.. Classes.Select((entry, index) => entry.Color ?? ClassPalette.Color(index))],
                FlipPairs = ClassTable.FlipPairs(Mirrored, names),
            },
            Ids = ids,
            IgnoreValues = IgnoreValues ?? (ids.Contains(255) ? [] : [255]),
        };
    }
}

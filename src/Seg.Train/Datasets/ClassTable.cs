using System.Collections.Concurrent;
using Seg.Models;
using Seg.Models.Configuration;

namespace Seg.Train.Datasets;

/// <summary>The classes of a data set, and how its masks store them.</summary>
public sealed record ClassTable
{
    private static readonly ConcurrentDictionary<string, ClassTable> Known = new();

    /// <summary>Names and colours, in the order of the network's outputs.</summary>
    public required LabelSet Labels { get; init; }

    /// <summary>The mask value of each class, 0–255, each once.</summary>
    public required IReadOnlyList<int> Ids { get; init; }

    /// <summary>Mask values of pixels that count nowhere.</summary>
    public IReadOnlyList<int> IgnoreValues { get; init; } = [255];

    /// <summary>Whether these are the classes of a published data set, which nobody here can change.</summary>
    public bool IsPublished { get; init; }

    /// <summary>Whether somebody chose the colours, so that those of a mask's palette can be compared with them.</summary>
    public bool HasChosenColors => Labels.Colors.Where((color, index) => color != ClassPalette.Color(index)).Any();

    /// <summary>Which class each mask value stands for.</summary>
    public MaskEncoding Encoding => new(Ids, IgnoreValues, Labels.IgnoreIndex);

    /// <summary>Names of the published class lists that come with the program.</summary>
    public static IReadOnlyList<string> PublishedNames { get; } =
        ["ade20k", "camvid", "cityscapes", "lip", "pascal_context", "pascal_context60", "pascal_voc"];

    /// <summary>A published class list: one of <see cref="PublishedNames"/>.</summary>
    public static ClassTable Published(string name) => Known.GetOrAdd(name, static name =>
    {
        var resource = $"Seg.Train.Datasets.Classes.{name}.yaml";
        using var stream = typeof(ClassTable).Assembly.GetManifestResourceStream(resource)
            ?? throw new ArgumentException($"There is no class list '{name}'.", nameof(name));
        using StreamReader reader = new(stream);
        return ConfigReader.Parse<ClassFileConfig>(reader.ReadToEnd(), resource).ToTable() with { IsPublished = true };
    });

    /// <summary>Reads a class list: YAML (<see cref="ClassFileConfig"/>), or text with a name and a colour a line.</summary>
    /// <exception cref="InputException">The file is missing, unreadable or faulty.</exception>
    public static ClassTable Read(string path)
    {
        if (Path.GetExtension(path).ToLowerInvariant() is not (".yaml" or ".yml"))
            return Numbered(ClassList.Read(path));
        if (!File.Exists(path))
            throw new InputException($"There is no class list '{path}'.");
        return ConfigReader.Read<ClassFileConfig>(path).ToTable();
    }

    /// <summary>Classes whose mask values are 0, 1, 2, …</summary>
    public static ClassTable Numbered(LabelSet labels) => new() { Labels = labels, Ids = [.. Enumerable.Range(0, labels.Count)] };

    /// <summary>What is wrong with pairs of mirrored classes; null where nothing is.</summary>
    internal static string? FaultOfMirrored(string[][] pairs, string[] names)
    {
        foreach (var pair in pairs)
        {
            if (pair.Length != 2 || pair[0] == pair[1])
                return $"has the pair [{string.Join(", ", pair)}]; a pair is two different classes";
            if (pair.FirstOrDefault(name => !names.Contains(name)) is { } unknown)
                return $"names '{unknown}', which is no class";
        }
        return pairs.SelectMany(pair => pair).GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } doubled
            ? $"names '{doubled.Key}' in {doubled.Count()} pairs; a class has one partner at most"
            : null;
    }

    /// <summary>The indices of pairs of names, of which nothing is wrong.</summary>
    internal static int[][] FlipPairs(string[][] pairs, string[] names) =>
        [.. pairs.Select(pair => new[] { Array.IndexOf(names, pair[0]), Array.IndexOf(names, pair[1]) })];
}

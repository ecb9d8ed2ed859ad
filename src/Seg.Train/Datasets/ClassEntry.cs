using Seg.Models;

namespace Seg.Train.Datasets;

/// <summary>One class of a class list in YAML.</summary>
public sealed record ClassEntry
{
    /// <summary>What legends, tables and JSON call it.</summary>
    public required string Name { get; init; }

    /// <summary>[r, g, b], each 0–255. Default: from a palette of distinct colours.</summary>
    public Rgb? Color { get; init; }

    /// <summary>The value that stands for it in masks, 0–255. Default: its place in the list, from 0.</summary>
    public int? Id { get; init; }
}

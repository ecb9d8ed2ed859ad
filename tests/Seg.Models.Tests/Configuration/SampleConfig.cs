using Seg.Models.Configuration;

namespace Seg.Models.Tests.Configuration;

/// <summary>A record with one member of every kind that a configuration can hold.</summary>
public sealed record SampleConfig : IChecked
{
    public required string Name { get; init; }

    public int Count { get; init; } = 3;

    public long? Limit { get; init; }

    public double Rate { get; init; } = 0.1;

    public float Share { get; init; } = 0.25f;

    public bool Enabled { get; init; }

    public byte Ignore { get; init; } = 255;

    public Initialization Start { get; init; } = Initialization.Kaiming;

    public int[] Sizes { get; init; } = [1, 2];

    public string[] Words { get; init; } = [];

    public string? Note { get; init; }

    public Rgb[] Colors { get; init; } = [];

    public Dictionary<string, double> Weights { get; init; } = [];

    public InnerConfig? Inner { get; init; }

    public BackboneConfig? Backbone { get; init; }

    public IEnumerable<ConfigFault> Faults()
    {
        if (Count < 0)
            yield return new(nameof(Count), $"is {Count}; must be at least 0");
    }
}

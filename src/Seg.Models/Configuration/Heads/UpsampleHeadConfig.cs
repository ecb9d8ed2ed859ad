namespace Seg.Models.Configuration;

/// <summary>The plainest head: a 1x1 classifier on one map, whose logits are then brought to the image's size as every head's are.</summary>
public sealed record UpsampleHeadConfig : HeadConfig, IChecked
{
    /// <summary>Which of the backbone's maps is classified: 1 is the finest. Default 1.</summary>
    public int Map { get; init; } = 1;

    public override int LeastMaps => Map;

    public IEnumerable<ConfigFault> Faults()
    {
        if (Map < 1)
            yield return new(nameof(Map), $"is {Map}; must be 1 (the finest map) or more");
    }
}

namespace Seg.Models.Configuration;

/// <summary>A second head, whose output counts in the training loss and is not computed otherwise.</summary>
public sealed record AuxiliaryHeadConfig : IChecked
{
    public required HeadConfig Head { get; init; }

    /// <summary>What its output counts in the training loss, where the main one counts 1; 0 or more. Default 0.4.</summary>
    public double Weight { get; init; } = 0.4;

    public IEnumerable<ConfigFault> Faults()
    {
        if (Weight is not (>= 0 and < double.PositiveInfinity))
            yield return new(nameof(Weight), $"is {Weight}; must be 0 or more");
    }
}

namespace Seg.Models.Configuration;

/// <summary>The strip pooling module (SPM): a gate in (0, 1) at every position, from the averages along its row and its column.</summary>
public sealed record StripPoolingConfig : BlockConfig, IChecked
{
    /// <summary>Channels of the gate. Default: as the input. Left out where a network places the block, which then multiplies by it.</summary>
    public int? OutChannels { get; init; }

    public override bool FitsMap => true;

    public IEnumerable<ConfigFault> Faults()
    {
        if (InChannels < 1)
            yield return new(nameof(InChannels), $"is {InChannels}; must be at least 1");
        if (OutChannels < 1)
            yield return new(nameof(OutChannels), $"is {OutChannels}; must be at least 1");
    }

    protected override IEnumerable<string> GivenByPlace() =>
        OutChannels is null ? base.GivenByPlace() : base.GivenByPlace().Append(nameof(OutChannels));
}

namespace Seg.Models.Configuration;

/// <summary>A bare block as a network of its own, so that <c>seg forward</c> can run one.</summary>
public sealed record BlockModelConfig : ModelConfig, IChecked
{
    public required BlockConfig Block { get; init; }

    public IEnumerable<ConfigFault> Faults()
    {
        if (Block.InChannels is null)
            yield return new(nameof(Block), "has no in_channels; a bare block needs the channels of its input");
    }
}

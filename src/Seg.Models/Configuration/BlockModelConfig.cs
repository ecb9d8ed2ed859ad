namespace Seg.Models.Configuration;

/// <summary>A bare block as a network of its own, so that <c>seg forward</c> can run one.</summary>
public sealed record BlockModelConfig : ModelConfig
{
    public required BlockConfig Block { get; init; }
}

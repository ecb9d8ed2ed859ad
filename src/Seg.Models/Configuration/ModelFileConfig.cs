namespace Seg.Models.Configuration;

/// <summary>What <c>configs/models/*.yaml</c> hold: a network alone.</summary>
public sealed record ModelFileConfig
{
    public required ModelConfig Model { get; init; }
}

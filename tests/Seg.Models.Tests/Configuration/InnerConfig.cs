namespace Seg.Models.Tests.Configuration;

/// <summary>A record within a record.</summary>
public sealed record InnerConfig
{
    public required int Depth { get; init; }

    public string Title { get; init; } = "";
}

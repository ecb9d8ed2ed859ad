using Seg.Models.Configuration;

namespace Seg.Models.Tests.Configuration;

/// <summary>A record with another that may stand in a file of its own.</summary>
public sealed record SetConfig
{
    [FromFile(KeypointSetConfig.Folder, KeypointSetConfig.Kind)]
    public KeypointSetConfig? Set { get; init; }
}

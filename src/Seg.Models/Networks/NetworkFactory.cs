using Seg.Models.Configuration;

namespace Seg.Models.Networks;

/// <summary>Builds networks from their configuration.</summary>
public static class NetworkFactory
{
    public static Network Create(ModelConfig config) => throw new NotImplementedException(config.ToString());
}

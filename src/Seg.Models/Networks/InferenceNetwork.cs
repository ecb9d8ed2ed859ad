using Seg.Models.Configuration;
using static TorchSharp.torch;

namespace Seg.Models.Networks;

/// <summary>Makes networks ready for prediction.</summary>
public static class InferenceNetwork
{
    public static Network Prepare(Network network, ModelConfig config, Device device, ScalarType type) => throw new NotImplementedException(config.ToString());
}

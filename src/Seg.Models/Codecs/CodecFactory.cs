using Seg.Models.Configuration;

namespace Seg.Models.Codecs;

/// <summary>Makes codecs of their configuration.</summary>
public static class CodecFactory
{
    /// <param name="config">The <c>model.codec</c> of a pose network.</param>
    /// <param name="inputSize">Of the network, in pixels.</param>
    /// <param name="keypoints">What it finds.</param>
    /// <exception cref="InputException">The codec has no targets for inputs of this size.</exception>
    public static KeypointCodec Create(CodecConfig config, (int Height, int Width) inputSize, KeypointSet keypoints)
    {
        if (config is MapCodecConfig { Stride: var stride } && (inputSize.Height % stride != 0 || inputSize.Width % stride != 0))
        {
            throw new InputException(
                $"The input of {inputSize.Height} x {inputSize.Width} pixels is no multiple of model.codec.stride {stride}; " +
                "pad both to multiples of it.");
        }
        return config switch
        {
            HeatmapCodecConfig heatmap => new HeatmapCodec(heatmap, inputSize, keypoints),
            DarkCodecConfig dark => new DarkCodec(dark, inputSize, keypoints),
            UdpCodecConfig udp => new UdpCodec(udp, inputSize, keypoints),
            SimccCodecConfig simcc => new SimccCodec(simcc, inputSize, keypoints),
            _ => throw new ArgumentException($"No codec is known for a {config.GetType().Name}.", nameof(config)),
        };
    }
}

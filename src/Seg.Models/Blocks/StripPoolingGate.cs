using static TorchSharp.torch;

namespace Seg.Models.Blocks;

/// <summary>Multiplies a map by its strip pooling gate: the strip pooling module as a network uses it after a map.</summary>
/// <remarks>
/// Hou et al., "Strip Pooling", CVPR 2020, arXiv:2003.13328; the key "spm" is that of the authors' bottleneck.
/// Shapes: (N, channels, H, W) → the same; any H and W.
/// </remarks>
public sealed class StripPoolingGate : KeyedModule<Tensor, Tensor>
{
    private readonly StripPooling pooling;

    /// <param name="channels">Channels of input and output; at least 1.</param>
    public StripPoolingGate(int channels) : base(nameof(StripPoolingGate)) =>
        register_module("spm", pooling = new StripPooling(channels, channels));

    public override Tensor forward(Tensor x) => pooling.Gate(x);
}

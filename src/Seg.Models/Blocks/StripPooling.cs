using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Blocks;

/// <summary>Strip pooling module (SPM): a gate at every position, from the averages along its row and its column.</summary>
/// <remarks>
/// Hou et al., "Strip Pooling", CVPR 2020, arXiv:2003.13328. The authors' code calls this SPBlock; the class it calls StripPooling is the
/// paper's mixed pooling module, here <see cref="MixedPooling"/>. As theirs it returns the gate alone: who uses it multiplies by it.
/// Shapes: (N, inChannels, H, W) → (N, outChannels, H, W), each in (0, 1); any H and W.
/// </remarks>
public sealed class StripPooling : KeyedModule<Tensor, Tensor>, IFoldable
{
    private readonly ConvNormAct tall, wide;
    private readonly Conv2d mix;

    /// <param name="inChannels">Channels of the input; at least 1.</param>
    /// <param name="outChannels">Channels of the gate; at least 1.</param>
    public StripPooling(int inChannels, int outChannels) : base(nameof(StripPooling))
    {
        // The names are the checkpoints' keys.
        tall = new ConvNormAct(Conv2d(inChannels, outChannels, (3, 1), padding: (1, 0), bias: false), BatchNorm2d(outChannels), relu: false)
            .RegisterIn(this, "conv1", "bn1");
        wide = new ConvNormAct(Conv2d(inChannels, outChannels, (1, 3), padding: (0, 1), bias: false), BatchNorm2d(outChannels), relu: false)
            .RegisterIn(this, "conv2", "bn2");
        mix = Conv2d(outChannels, outChannels, 1L);
        register_module("conv3", mix);
    }

    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var column = tall.Forward(x.mean([3], keepdim: true));   // (N, C, H, 1), averaged over W
        var row = wide.Forward(x.mean([2], keepdim: true));      // (N, C, 1, W), averaged over H
        var strips = (column + row).relu_();                     // (N, C, H, W)
        return mix.call(strips).sigmoid_().MoveToOuterDisposeScope();
    }

    /// <summary>The map itself, multiplied by its gate, which must have as many channels: (N, C, H, W) → the same.</summary>
    public Tensor Gate(Tensor x)
    {
        using var gate = call(x);
        return x * gate;
    }

    public void Fold()
    {
        tall.Fold();
        wide.Fold();
    }
}

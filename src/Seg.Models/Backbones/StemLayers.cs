using Seg.Models.Blocks;
using Seg.Models.Configuration;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Backbones;

/// <summary>
/// How a ResNet begins: convolutions that halve the image, then max pooling that halves it again. It is no module: the backbone registers
/// its parts under the names that the authors' checkpoints use.
/// </summary>
/// <remarks>
/// The plain form is He et al.'s (arXiv:1512.03385); the deep one is that of SPNet's authors; the one with a block is LR-Net's (Hu et al.,
/// "Local Relation Networks", ICCV 2019, arXiv:1904.11491), whose authors published no code of it.
/// Shapes: (N, inChannels, H, W) → (N, OutChannels, ⌈H / 4⌉, ⌈W / 4⌉), or one less where <see cref="StemPooling.RoundedUp"/> says so.
/// </remarks>
public sealed class StemLayers
{
    private readonly ConvNormAct[] units;
    private readonly Module<Tensor, Tensor>? block;
    private readonly StemPooling pooling;
    private readonly Action<Module> register;

    private StemLayers(ConvNormAct[] units, Module<Tensor, Tensor>? block, StemPooling pooling, Action<Module> register)
    {
        this.units = units;
        this.block = block;
        this.pooling = pooling;
        this.register = register;
    }

    /// <summary>A 7x7 convolution: conv1, bn1.</summary>
    /// <param name="inChannels">Channels of the image.</param>
    /// <param name="channels">Channels of the result.</param>
    /// <param name="pooling">How the pooling treats the borders.</param>
    public static StemLayers Plain(int inChannels, int channels, StemPooling pooling)
    {
        var unit = ConvNormAct.Create(inChannels, channels, kernel: 7, stride: 2);
        return new([unit], block: null, pooling, owner => unit.RegisterIn(owner, "conv1", "bn1"));
    }

    /// <summary>
    /// Three 3x3 convolutions: conv1.0, .1, .3, .4 and .6, then bn1, as the authors have the last norm outside of their Sequential.
    /// </summary>
    /// <param name="inChannels">Channels of the image.</param>
    /// <param name="channels">Channels of the first two; the result has twice as many.</param>
    /// <param name="pooling">How the pooling treats the borders.</param>
    public static StemLayers Deep(int inChannels, int channels, StemPooling pooling)
    {
        var first = ConvNormAct.Create(inChannels, channels, kernel: 3, stride: 2);
        var second = ConvNormAct.Create(channels, channels, kernel: 3);
        var last = ConvNormAct.Create(channels, 2 * channels, kernel: 3);
        return new([first, second, last], block: null, pooling, owner =>
        {
            var sequence = ModuleGroup.In(owner, "conv1");
            first.RegisterIn(sequence, "0", "1");
            second.RegisterIn(sequence, "3", "4");
            sequence.register_module("6", last.Conv);
            owner.register_module("bn1", last.Norm);
        });
    }

    /// <summary>A 1x1 convolution, conv1 and bn1, and a block that halves the map, conv2.</summary>
    /// <param name="inChannels">Channels of the image.</param>
    /// <param name="channels">Channels of the block, in and out.</param>
    /// <param name="block">(N, channels, H, W) → (N, channels, ⌈H / 2⌉, ⌈W / 2⌉), with its norm and ReLU.</param>
    /// <param name="pooling">How the pooling treats the borders.</param>
    public static StemLayers With(int inChannels, int channels, Module<Tensor, Tensor> block, StemPooling pooling)
    {
        var expand = ConvNormAct.Create(inChannels, channels, kernel: 1);
        return new([expand], block, pooling, owner =>
        {
            expand.RegisterIn(owner, "conv1", "bn1");
            owner.register_module("conv2", block);
        });
    }

    /// <summary>Registers the parts in the backbone.</summary>
    public void RegisterIn(Module owner) => register(owner);

    public Tensor Forward(Tensor images)
    {
        using var scope = NewDisposeScope();
        var halved = units.Follow(images);                             // (N, C, H/2, W/2); where a block follows, H and W still
        if (block is not null)
            halved = block.call(halved);                               // (N, C, H/2, W/2)
        var padding = pooling == StemPooling.Padded ? 1 : 0;
        return functional.max_pool2d(halved, 3, stride: 2, padding: padding, ceil_mode: pooling == StemPooling.RoundedUp)
            .MoveToOuterDisposeScope();                                // (N, C, H/4, W/4)
    }

    /// <summary>Puts norms into convolutions. For prediction only; it cannot be undone.</summary>
    public void Fold()
    {
        foreach (var unit in units)
            unit.Fold();
    }
}

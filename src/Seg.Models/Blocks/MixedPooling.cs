using Seg.Models.Runtime;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Blocks;

/// <summary>
/// Mixed pooling module (MPM): adds to the input what averages over strips (far, along one line) and over two grids (near, in two
/// directions) tell about it.
/// </summary>
/// <remarks>
/// Hou et al., "Strip Pooling", CVPR 2020, arXiv:2003.13328; the class StripPooling of the authors' code.
/// Shapes: (N, channels, H, W) → the same; any H and W, also smaller than the grids.
/// </remarks>
public sealed class MixedPooling : KeyedModule<Tensor, Tensor>, IFoldable
{
    private readonly ConvNormAct reduceForGrids, reduceForStrips;
    private readonly ConvNormAct local, coarse, coarser;
    private readonly ConvNormAct row, column;
    private readonly ConvNormAct mixGrids, mixStrips, increase;
    private readonly ConvNormAct[] units;
    private readonly int[] poolSizes;
    private readonly bool alignCorners;

    /// <param name="channels">Channels of input and output; at least 4. Inside it works with a quarter, rounded down.</param>
    /// <param name="poolSizes">Extents of the two square grids of averages, each at least 1; the authors take 20 and 12.</param>
    /// <param name="alignCorners">How the grids are brought back to the map's size; the authors align the corners.</param>
    public MixedPooling(int channels, IReadOnlyList<int> poolSizes, bool alignCorners = true) : base(nameof(MixedPooling))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 4);
        if (poolSizes.Count != 2)
            throw new ArgumentException($"Mixed pooling has two grids, not {poolSizes.Count}.", nameof(poolSizes));
        this.poolSizes = [.. poolSizes];
        this.alignCorners = alignCorners;
        var inner = channels / 4;
        // The names are the checkpoints' keys.
        units =
        [
            reduceForGrids = ConvNormAct.Create(channels, inner, kernel: 1).RegisterAsSequence(this, "conv1_1"),
            reduceForStrips = ConvNormAct.Create(channels, inner, kernel: 1).RegisterAsSequence(this, "conv1_2"),
            local = ConvNormAct.Create(inner, inner, kernel: 3, relu: false).RegisterAsSequence(this, "conv2_0"),
            coarse = ConvNormAct.Create(inner, inner, kernel: 3, relu: false).RegisterAsSequence(this, "conv2_1"),
            coarser = ConvNormAct.Create(inner, inner, kernel: 3, relu: false).RegisterAsSequence(this, "conv2_2"),
            row = AlongLine(inner, (1, 3)).RegisterAsSequence(this, "conv2_3"),
            column = AlongLine(inner, (3, 1)).RegisterAsSequence(this, "conv2_4"),
            mixGrids = ConvNormAct.Create(inner, inner, kernel: 3).RegisterAsSequence(this, "conv2_5"),
            mixStrips = ConvNormAct.Create(inner, inner, kernel: 3).RegisterAsSequence(this, "conv2_6"),
            increase = ConvNormAct.Create(2 * inner, channels, kernel: 1).RegisterAsSequence(this, "conv3"),
        ];
    }

    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var grids = MixGrids(x);                                       // (N, C/4, H, W)
        var strips = MixStrips(x);                                     // (N, C/4, H, W)
        return increase.Forward(cat([grids, strips], 1), residual: x).MoveToOuterDisposeScope();
    }

    public void Fold()
    {
        foreach (var unit in units)
            unit.Fold();
    }

    private Tensor MixGrids(Tensor x)
    {
        using var scope = NewDisposeScope();
        var reduced = reduceForGrids.Forward(x);                       // (N, C/4, H, W)
        var sum = TorchRuntime.Current.SumUpsampled(
            [local.Forward(reduced), coarse.Forward(Averaged(poolSizes[0])), coarser.Forward(Averaged(poolSizes[1]))],
            bias: null, alignCorners, relu: true);
        return mixGrids.Forward(sum).MoveToOuterDisposeScope();

        Tensor Averaged(int size) => functional.adaptive_avg_pool2d(reduced, [size, size]);   // (N, C/4, size, size)
    }

    private Tensor MixStrips(Tensor x)
    {
        using var scope = NewDisposeScope();
        var reduced = reduceForStrips.Forward(x);                      // (N, C/4, H, W)
        var wide = row.Forward(reduced.mean([2], keepdim: true));      // (N, C/4, 1, W), averaged over H
        var tall = column.Forward(reduced.mean([3], keepdim: true));   // (N, C/4, H, 1), averaged over W
        // The authors interpolate both to (H, W), which repeats them; adding does so by itself.
        return mixStrips.Forward((tall + wide).relu_()).MoveToOuterDisposeScope();
    }

    private static ConvNormAct AlongLine(int channels, (long Height, long Width) kernel) => new(
        Conv2d(channels, channels, kernel, padding: (kernel.Height / 2, kernel.Width / 2), bias: false),
        BatchNorm2d(channels),
        relu: false);
}

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Blocks;

/// <summary>Pyramid pooling: the map, and behind its channels what averages over grids of several sizes tell about it.</summary>
/// <remarks>
/// Zhao et al., "Pyramid Scene Parsing Network", CVPR 2017, arXiv:1612.01105; keys and numbers of SPNet's code (class PyramidPooling).
/// Shapes: (N, channels, H, W) → (N, <see cref="OutChannels"/>, H, W); any H and W, also smaller than the grids.
/// </remarks>
public sealed class PyramidPooling : KeyedModule<Tensor, Tensor>, IFoldable
{
    private readonly (int Size, ConvNormAct Reduce)[] levels;
    private readonly bool alignCorners;

    /// <param name="channels">Channels of the input; at least as many as there are grids, which share them.</param>
    /// <param name="poolSizes">Extents of the square grids of averages, each at least 1; the authors take 1, 2, 3 and 6.</param>
    /// <param name="alignCorners">How the grids are brought back to the map's size; the authors align the corners.</param>
    public PyramidPooling(int channels, IReadOnlyList<int> poolSizes, bool alignCorners = true) : base(nameof(PyramidPooling))
    {
        ArgumentOutOfRangeException.ThrowIfZero(poolSizes.Count, nameof(poolSizes));
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, poolSizes.Count);
        this.alignCorners = alignCorners;
        var inner = channels / poolSizes.Count;
        levels = new (int, ConvNormAct)[poolSizes.Count];
        // The names are the checkpoints' keys.
        for (var i = 0; i < levels.Length; i++)
            levels[i] = (poolSizes[i], ConvNormAct.Create(channels, inner, kernel: 1).RegisterAsSequence(this, $"conv{i + 1}"));
        OutChannels = channels + inner * levels.Length;
    }

    /// <summary>Channels of the output: the input's, and for each grid an equal share of them, rounded down.</summary>
    public int OutChannels { get; }

    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var parts = new Tensor[levels.Length + 1];
        parts[0] = x;
        for (var i = 0; i < levels.Length; i++)
        {
            var (size, reduce) = levels[i];
            var averages = reduce.Forward(functional.adaptive_avg_pool2d(x, [size, size]));        // (N, C / levels, size, size)
            parts[i + 1] = functional.interpolate(                                                 // (N, C / levels, H, W)
                averages, size: [x.shape[2], x.shape[3]], mode: InterpolationMode.Bilinear, align_corners: alignCorners);
        }
        return cat(parts, 1).MoveToOuterDisposeScope();
    }

    public void Fold()
    {
        foreach (var (_, reduce) in levels)
            reduce.Fold();
    }
}

using Seg.Models.Configuration;
using Seg.Models.Runtime;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Blocks;

/// <summary>
/// Local relation layer: each position gathers the window around it, weighted by how its query and the window's keys go together and by
/// where in the window they stand.
/// </summary>
/// <remarks>
/// Hu et al., "Local Relation Networks for Image Recognition", ICCV 2019, arXiv:1904.11491. Keys are those of
/// gan3sh500/local-relational-nets, whose code does not run as published; the numbers are the paper's, with E = channels / sharing groups
/// and e = c mod E: a[e, p, d] = composition(q[e, p], k[e, p + d]) + prior[e, d], w = softmax of a over the window's kernel² offsets d,
/// y[c, p] = Σ over d of w[e, p, d] · x[c, p + d], then a 1x1 convolution. Channels c, c + E, c + 2E, … share their weights. Beyond the
/// map, mapped keys, mapped queries and values are zero; those offsets still take part in the softmax.
/// Shapes: (N, channels, H, W) → (N, outChannels, H', W'), H' = (H + 2 padding − kernel) / stride + 1.
/// </remarks>
public sealed class LocalRelation : KeyedModule<Tensor, Tensor>
{
    private readonly int kernel, stride, padding;
    private readonly RelationComposition composition;
    private readonly Conv2d keyMap, queryMap;
    private readonly (Conv2d First, Conv2d Second)? prior;
    private readonly Conv2d? last;
    private Tensor position;

    /// <param name="channels">C of the input; at least 1.</param>
    /// <param name="kernel">k, the window's extent, 1 to 31. An even window's centre is the one after the middle.</param>
    /// <param name="sharing">
    /// m, the channels that share weights, at most <paramref name="channels"/>. Where it does not divide them, E is rounded down, and some
    /// groups have one channel more: LR-Net's 100 channels with m = 8 are 12 groups of 8 or 9.
    /// </param>
    /// <param name="stride">Positions from window to window; at least 1.</param>
    /// <param name="padding">Zeros around the map, on each side; null: kernel / 2, which keeps the extent at stride 1.</param>
    /// <param name="composition">How query and key become a weight.</param>
    /// <param name="geometryPrior">Whether weights depend on the place in the window too.</param>
    /// <param name="priorMultiplier">The prior's inner channels over E; rounded down, at least 1.</param>
    /// <param name="finalConvolution">Whether a 1x1 convolution follows.</param>
    /// <param name="outChannels">Channels of the output; null: as the input. Others need the final convolution.</param>
    public LocalRelation(
        int channels,
        int kernel = 7,
        int sharing = 8,
        int stride = 1,
        int? padding = null,
        RelationComposition composition = RelationComposition.Product,
        bool geometryPrior = true,
        double priorMultiplier = 0.5,
        bool finalConvolution = true,
        int? outChannels = null) : base(nameof(LocalRelation))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(kernel, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(sharing, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sharing, channels);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        (this.kernel, this.stride, this.padding, this.composition) = (kernel, stride, padding ?? kernel / 2, composition);
        OutChannels = outChannels ?? channels;
        if (!finalConvolution)
            ArgumentOutOfRangeException.ThrowIfNotEqual(OutChannels, channels, nameof(outChannels));

        // The names are the keys of the code that first had them.
        var groups = channels / sharing;
        keyMap = Register("kmap", "l", channels, groups);
        queryMap = Register("qmap", "l", channels, groups);
        if (geometryPrior)
        {
            var inner = Math.Max(1, (int)(groups * priorMultiplier));
            var group = ModuleGroup.In(this, "gp");
            prior = (Conv2d(2, inner, 1L), Conv2d(inner, groups, 1L));
            group.register_module("l1", prior.Value.First);
            group.register_module("l2", prior.Value.Second);
        }
        if (finalConvolution)
        {
            last = Conv2d(channels, OutChannels, 1L);
            register_module("final1x1", last);
        }
        position = RelativeOffsets(kernel);
    }

    public int OutChannels { get; }

    /// <summary>The final 1x1 convolution, where there is one.</summary>
    public Conv2d? FinalConvolution => last;

    /// <summary>
    /// What the geometry prior sees of each place in the window: float32 (1, 2, kernel, kernel). Constant, and not in the state dict. By
    /// default
    /// <see cref="RelativeOffsets"/>. A copy is taken.
    /// </summary>
    /// <exception cref="ArgumentException">A map of another shape is set.</exception>
    public Tensor Position
    {
        get => position;
        set
        {
            long[] shape = [1, 2, kernel, kernel];
            if (!value.shape.SequenceEqual(shape))
                throw new ArgumentException($"The position map is of shape ({string.Join(", ", value.shape)}); it must be ({string.Join(", ", shape)}).", nameof(value));
            using var scope = NewDisposeScope();
            var copy = value.detach().to_type(ScalarType.Float32).clone().DetachFromDisposeScope();
            position.Dispose();
            position = copy;
        }
    }

    /// <summary>
    /// (x, y) of each place in the window relative to its centre, over the window's radius: from −1 to 1, so that priors start alike for
    /// all kernels. Shape (1, 2, kernel, kernel), x first.
    /// </summary>
    public static Tensor RelativeOffsets(int kernel)
    {
        using var scope = NewDisposeScope();
        var offsets = (arange(kernel, dtype: ScalarType.Float32) - kernel / 2) / Math.Max(1, kernel / 2);
        var across = offsets.view(1, kernel).expand(kernel, kernel);
        var down = offsets.view(kernel, 1).expand(kernel, kernel);
        return stack([across, down]).unsqueeze(0).contiguous().DetachFromDisposeScope();
    }

    public override Tensor forward(Tensor x)
    {
        if (last is null)
            return Relate(x);
        using var related = Relate(x);
        return last.call(related);                                  // (N, outChannels, H', W')
    }

    /// <summary>The layer without its final convolution: (N, channels, H, W) → (N, channels, H', W').</summary>
    /// <exception cref="InputException">The padded map is smaller than one window.</exception>
    public Tensor Relate(Tensor x)
    {
        if (x.shape[2] + 2 * padding < kernel || x.shape[3] + 2 * padding < kernel)
        {
            throw new InputException(
                $"A map of {x.shape[2]}x{x.shape[3]} with a padding of {padding} is smaller than the local relation layer's window of {kernel}x{kernel}; "
                + "give it larger images, a smaller kernel or more padding.");
        }
        using var scope = NewDisposeScope();
        var keys = keyMap.call(x);                                  // (N, E, H, W)
        var queries = queryMap.call(x);                             // (N, E, H, W)
        var (channels, groups) = (x.shape[1], keys.shape[1]);
        // The operator takes groups of one size: channels of zeros make up for those that are missing in the last round.
        var missing = (groups - channels % groups) % groups;
        var values = missing == 0 ? x : functional.pad(x, [0, 0, 0, 0, 0, missing]);
        var related = TorchRuntime.Current.LocalRelation(values, keys, queries, Prior(x.device), kernel, stride, padding, composition);
        return (missing == 0 ? related : related.narrow(1, 0, channels)).MoveToOuterDisposeScope();
    }

    /// <summary>(1, E, kernel, kernel), or null.</summary>
    private Tensor? Prior(Device device)
    {
        if (prior is not var (first, second))
            return null;
        var weight = first.weight;
        return second.call(first.call(position.to(weight.dtype, weight.device)).relu()).to(device);
    }

    private Conv2d Register(string group, string name, int inChannels, int outChannels)
    {
        var map = Conv2d(inChannels, outChannels, 1L);
        ModuleGroup.In(this, group).register_module(name, map);
        return map;
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
            position.Dispose();
    }
}

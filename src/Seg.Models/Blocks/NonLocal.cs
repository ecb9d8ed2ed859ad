using Seg.Models.Configuration;
using Seg.Models.Runtime;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Blocks;

/// <summary>Non-local block: adds to every position a mean over all positions, weighted by how the two compare.</summary>
/// <remarks>
/// Wang et al., "Non-local Neural Networks", CVPR 2018, arXiv:1711.07971; keys and numbers of AlexHex7/Non-local_pytorch. There are no
/// products of all pairs in memory: softmax works in blocks of rows, the dot product multiplies keys by values first, and the concatenation
/// sorts (<see cref="NonLocalConcatenation"/>).
/// Shapes: (N, channels, L), (N, channels, H, W) or (N, channels, T, H, W) → the same; with sub-sampling L, H and W at least 2.
/// </remarks>
public sealed class NonLocal : KeyedModule<Tensor, Tensor>, IFoldable
{
    private readonly int dimension;
    private readonly bool subSample;
    private readonly NonLocalPairwise pairwise;
    private readonly Module<Tensor, Tensor> value;
    private readonly Module<Tensor, Tensor>? query, key;   // null where the input itself is compared
    private readonly NonLocalConcatenation? concatenation;
    private readonly Convolution mix;
    private NormBase? norm;

    /// <param name="channels">Channels of input and output; at least 1.</param>
    /// <param name="dimension">Dimensions that have extents: 1, 2 or 3.</param>
    /// <param name="pairwise">How two positions are compared.</param>
    /// <param name="subSample">Whether the positions compared with are halved in each direction, but not in time, by max pooling.</param>
    /// <param name="batchNorm">Whether a batch norm follows the last convolution.</param>
    /// <param name="innerChannels">Channels inside; at least 1. By default half of <paramref name="channels"/>, at least 1.</param>
    /// <param name="zeroInitialized">Whether the last layer starts at zero, and the block as the identity, as the authors have it.</param>
    public NonLocal(
        int channels, int dimension, NonLocalPairwise pairwise, bool subSample, bool batchNorm, int? innerChannels = null,
        bool zeroInitialized = true) : base(nameof(NonLocal))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        if (dimension is < 1 or > 3)
            throw new ArgumentOutOfRangeException(nameof(dimension), dimension, "A non-local block has 1, 2 or 3 dimensions.");
        this.dimension = dimension;
        this.pairwise = pairwise;
        this.subSample = subSample;
        var inner = innerChannels ?? Math.Max(1, channels / 2);

        // The names, and their order, are the checkpoints'.
        register_module("g", value = Embedding(pooled: subSample));
        mix = Conv(inner, channels);
        if (batchNorm)
        {
            norm = Norm(channels);
            var group = ModuleGroup.In(this, "W");
            group.register_module("0", mix);
            group.register_module("1", norm);
        }
        else
        {
            register_module("W", mix);
        }
        if (pairwise != NonLocalPairwise.Gaussian)
        {
            register_module("theta", query = Embedding(pooled: false));
            register_module("phi", key = Embedding(pooled: subSample));
        }
        else if (subSample)
        {
            register_module("phi", key = Pool());
        }
        if (pairwise == NonLocalPairwise.Concatenation)
            ModuleGroup.In(this, "concat_project").register_module("0", concatenation = new NonLocalConcatenation(inner));
        if (zeroInitialized)
            StartAsIdentity();

        Module<Tensor, Tensor> Embedding(bool pooled) => pooled ? new ModuleChain([Conv(channels, inner), Pool()]) : Conv(channels, inner);
    }

    /// <exception cref="InputException">A map to be halved has an extent of one position.</exception>
    public override Tensor forward(Tensor x)
    {
        RequireRoomToHalve(x);
        using var scope = NewDisposeScope();
        var values = Positions(value.call(x));                                     // (N, K, C'), K the positions compared with
        var queries = Positions(query is null ? x : query.call(x));                // (N, L, C'), with the Gaussian C
        var keys = Positions(key is null ? x : key.call(x));                       // (N, K, C'), likewise
        var mean = pairwise switch                                                 // (N, L, C')
        {
            NonLocalPairwise.DotProduct => queries.bmm(keys.transpose(1, 2).bmm(values).div(keys.shape[1])),
            NonLocalPairwise.Concatenation => concatenation!.call([queries, keys, values]),
            _ => TorchRuntime.Current.Attend(queries, keys, values),
        };
        var map = mean.transpose(1, 2).unflatten(2, x.shape[2..]);                 // (N, C', extents)
        return AddTo(x, mix.call(map)).MoveToOuterDisposeScope();
    }

    public void Fold()
    {
        if (norm is null)
            return;
        NormFolding.Into(mix, norm);
        norm = null;
    }

    private void RequireRoomToHalve(Tensor x)
    {
        var extents = x.shape[^Math.Min(dimension, 2)..];                          // time is not halved
        if (subSample && extents.Any(extent => extent < 2))
        {
            throw new InputException(
                $"A map of {string.Join('x', extents)} is too small for the non-local block, which halves it: it takes 2 positions or more "
                + "each way; give it larger images, or set sub_sample to false.");
        }
    }

    private Tensor AddTo(Tensor x, Tensor mapped) => norm switch
    {
        null => mapped.add_(x),
        BatchNorm2d plane => TorchRuntime.Current.BatchNormAct(mapped, plane, residual: x, relu: false),
        _ => norm.call(mapped).add_(x),
    };

    /// <summary>(N, C, extents) → (N, positions, C).</summary>
    private static Tensor Positions(Tensor map) => map.flatten(2).transpose(1, 2);

    private Convolution Conv(int inChannels, int outChannels) => dimension switch
    {
        1 => Conv1d(inChannels, outChannels, 1L),
        2 => Conv2d(inChannels, outChannels, 1L),
        _ => Conv3d(inChannels, outChannels, 1L),
    };

    private NormBase Norm(int channels) => dimension switch
    {
        1 => BatchNorm1d(channels),
        2 => BatchNorm2d(channels),
        _ => BatchNorm3d(channels),
    };

    private Module<Tensor, Tensor> Pool() => dimension switch
    {
        1 => MaxPool1d(2L),
        2 => MaxPool2d(2L),
        _ => MaxPool3d((1, 2, 2)),   // time stays
    };

    private void StartAsIdentity()
    {
        foreach (var parameter in norm is null ? mix.parameters() : norm.parameters())
            init.zeros_(parameter);
    }
}

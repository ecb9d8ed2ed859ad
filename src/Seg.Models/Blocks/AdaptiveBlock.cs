using Seg.Models.Runtime;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Blocks;

/// <summary>Residual block of one adaptive convolution: at each position its nine taps lie where an affine map of the position's own puts them.</summary>
/// <remarks>
/// Geng et al., "Bottom-Up Human Pose Estimation via Disentangled Keypoint Regression", CVPR 2021, arXiv:2104.02300, section 3.2; keys and numbers of the
/// authors' AdaptBlock. A 3x3 convolution gives each position a 2x2 matrix, another a translation; with the matrix 0, as training starts, all
/// taps lie on the position itself.
/// Shapes: (N, channels, H, W) → the same.
/// </remarks>
public sealed class AdaptiveBlock : KeyedModule<Tensor, Tensor>, IFoldable
{
    private const int Taps = 9;

    private readonly Conv2d matrix, translation;
    private readonly DeformableConv convolution;
    private readonly BatchNorm2d norm;
    private bool folded;

    /// <param name="channels">Channels of input and output; at least 1.</param>
    public AdaptiveBlock(int channels) : base(nameof(AdaptiveBlock))
    {
        // The names, and their order, are the checkpoints'. The buffer says where the taps of a 3x3 convolution lie, downwards and to the right.
        var taps = tensor(new float[] { -1, -1, -1, 0, 0, 0, 1, 1, 1, -1, 0, 1, -1, 0, 1, -1, 0, 1 }).view(2, Taps).DetachFromDisposeScope();
        register_buffer("regular_matrix", taps);
        register_module("transform_matrix_conv", matrix = Conv2d(channels, 4, 3L, padding: 1L));
        register_module("translation_conv", translation = Conv2d(channels, 2, 3L, padding: 1L));
        register_module("adapt_conv", convolution = new DeformableConv(channels, channels));
        register_module("bn", norm = BatchNorm2d(channels));
    }

    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var moved = convolution.call([x, Offsets(x)]);
        var result = folded ? (moved + x).relu_() : TorchRuntime.Current.BatchNormAct(moved, norm, residual: x, relu: true);
        return result.MoveToOuterDisposeScope();
    }

    /// <summary>Starts where the authors do: all taps on the position itself.</summary>
    public void StartAtRest()
    {
        foreach (var parameter in new[] { matrix.weight, matrix.bias!, translation.weight, translation.bias! })
            init.zeros_(parameter);
    }

    public void Fold()
    {
        if (folded)
            return;
        convolution.Fold(norm);
        folded = true;
    }

    /// <summary>How far each tap lies from where that of an ordinary convolution does: A · p − p + t for a tap at p. (N, 18, H, W).</summary>
    /// <remarks>A linear map of A and t, the same everywhere: a 1x1 convolution. In float32, as bfloat16 has no fractions of large numbers.</remarks>
    private Tensor Offsets(Tensor x)
    {
        var moves = cat([matrix.call(x), translation.call(x)], 1).to_type(ScalarType.Float32);      // (N, 6, H, W): A by rows, t
        using var full = TorchRuntime.Current.NoAutocast(x.device);
        var p = get_buffer("regular_matrix")!.to_type(ScalarType.Float32).t();                      // (9, 2), downwards and to the right
        var (nothing, none, one) = (zeros_like(p), zeros(Taps, 1, device: x.device), ones(Taps, 1, device: x.device));
        var weight = stack([cat([p, nothing, one, none], 1), cat([nothing, p, none, one], 1)], 1);  // (9, 2, 6)
        return functional.conv2d(moves, weight.reshape(2 * Taps, 6, 1, 1), -p.reshape(2 * Taps));
    }
}

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
    private Tensor Offsets(Tensor x)
    {
        var (samples, height, width) = (x.shape[0], x.shape[2], x.shape[3]);
        var places = get_buffer("regular_matrix")!.to_type(ScalarType.Float32);
        var affine = matrix.call(x).to_type(ScalarType.Float32).reshape(samples, 1, 2, 2, height, width);
        var shift = translation.call(x).to_type(ScalarType.Float32).reshape(samples, 1, 2, height, width);
        var (down, right) = (places.select(0, 0).view(1, Taps, 1, 1, 1), places.select(0, 1).view(1, Taps, 1, 1, 1));
        var moved = affine.select(3, 0) * down + affine.select(3, 1) * right + shift;       // (N, 9, 2, H, W)
        return (moved - places.t().reshape(1, Taps, 2, 1, 1)).reshape(samples, 2 * Taps, height, width);
    }
}

using Seg.Models.Backbones;
using Seg.Models.Blocks;
using Seg.Models.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Heads;

/// <summary>
/// SimpleBaseline's head: transposed convolutions double the coarsest map again and again, and a last convolution makes the heatmaps.
/// </summary>
/// <remarks>
/// Xiao et al., "Simple Baselines for Human Pose Estimation and Tracking", ECCV 2018, arXiv:1804.06208; keys and numbers of the authors'
/// code.
/// Shapes: maps (N, C_i, h_i, w_i) → (N, keypoints, h · 2^n, w · 2^n), of the last map's extents, n the transposed convolutions.
/// </remarks>
public sealed class DeconvolutionHead : Head, IFoldable
{
    private readonly TransposedConvNormAct[] steps;
    private readonly Conv2d final;

    /// <param name="maps">The backbone's maps, of which the last one is taken.</param>
    /// <param name="keypoints">Channels of the result; at least 1.</param>
    /// <param name="channels">Channels of each transposed convolution; at least one.</param>
    /// <param name="kernel">Extent of their kernels: 2, 3 or 4.</param>
    /// <param name="finalKernel">Extent of the last convolution's kernel: 1 or 3.</param>
    public DeconvolutionHead(IReadOnlyList<FeatureMap> maps, int keypoints, IReadOnlyList<int> channels, int kernel, int finalKernel)
        : base(nameof(DeconvolutionHead))
    {
        // The authors' Sequential of convolution, norm and ReLU, which holds nothing.
        var sequence = ModuleGroup.In(this, "deconv_layers");
        steps = new TransposedConvNormAct[channels.Count];
        for (var i = 0; i < steps.Length; i++)
        {
            var entering = i == 0 ? maps[^1].Channels : channels[i - 1];
            steps[i] = new TransposedConvNormAct(entering, channels[i], kernel).RegisterIn(sequence, $"{3 * i}", $"{3 * i + 1}");
        }
        final = Conv2d(channels[^1], keypoints, (long)finalKernel, padding: (long)(finalKernel / 2));
        register_module("final_layer", final);
    }

    public override string? Key => null;

    public override Tensor[] forward(Tensor[] maps)
    {
        using var scope = NewDisposeScope();
        var map = steps.Aggregate(maps[^1], (entering, step) => step.Forward(entering));   // (N, C, h · 2^n, w · 2^n)
        return [final.call(map).MoveToOuterDisposeScope()];
    }

    public override void InitializeAsAuthors()
    {
        WeightInitializer.DrawConvolutions(this, deviation: 0.001);
        init.zeros_(final.bias!);
    }

    public void Fold()
    {
        foreach (var step in steps)
            step.Fold();
    }
}

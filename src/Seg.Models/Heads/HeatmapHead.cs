using Seg.Models.Backbones;
using Seg.Models.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Heads;

/// <summary>One heatmap a keypoint, by a convolution on the finest map; there is no activation.</summary>
/// <remarks>
/// Sun et al., "Deep High-Resolution Representation Learning for Human Pose Estimation", CVPR 2019, arXiv:1902.09212; keys and numbers of
/// the authors' code.
/// Shapes: maps (N, C_i, h_i, w_i) → (N, keypoints, h_0, w_0).
/// </remarks>
public sealed class HeatmapHead : Head
{
    private readonly Conv2d final;

    /// <param name="map">The backbone's finest map.</param>
    /// <param name="keypoints">Channels of the result; at least 1.</param>
    /// <param name="kernel">1 or 3.</param>
    public HeatmapHead(FeatureMap map, int keypoints, int kernel) : base(nameof(HeatmapHead))
    {
        // The name is the checkpoints' key.
        final = Conv2d(map.Channels, keypoints, (long)kernel, padding: (long)(kernel / 2));
        register_module("final_layer", final);
    }

    public override string? Key => null;

    public override Tensor[] forward(Tensor[] maps) => [final.call(maps[0])];

    public override void InitializeAsAuthors()
    {
        WeightInitializer.DrawConvolutions(this, deviation: 0.001);
        init.zeros_(final.bias!);
    }
}

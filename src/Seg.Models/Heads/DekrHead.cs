using Seg.Models.Backbones;
using Seg.Models.Blocks;
using Seg.Models.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Heads;

/// <summary>Disentangled keypoint regression: heatmaps of keypoints and persons' centres, and at each position where the keypoints of its person lie.</summary>
/// <remarks>
/// Geng et al., "Bottom-Up Human Pose Estimation via Disentangled Keypoint Regression", CVPR 2021, arXiv:2104.02300; keys and numbers of the authors' code
/// (hrnet_dekr.py). Each keypoint has channels of its own, which adaptive convolutions turn into its offset.
/// Shapes: maps (N, C_i, h_i, w_i) → heatmaps (N, keypoints + 1, h_0, w_0), the last of centres, and offsets (N, 2 · keypoints, h_0, w_0): x and y of
/// (position − keypoint) in map positions, for each keypoint in turn.
/// </remarks>
public sealed class DekrHead : Head, IFoldable
{
    private readonly int channelsPerKeypoint;
    private readonly ConcatConvNormAct toHeatmaps, toOffsets;
    private readonly ModuleChain heatmapBlocks;
    private readonly ModuleChain[] offsetBlocks;
    private readonly Conv2d heatmaps;
    private readonly Conv2d[] offsets;

    /// <param name="maps">The backbone's maps.</param>
    /// <param name="keypoints">At least 1.</param>
    /// <param name="heatmapChannels">Channels of the heatmaps' branch; at least 1.</param>
    /// <param name="heatmapBlocks">Basic blocks of that branch; at least 1.</param>
    /// <param name="channelsPerKeypoint">Channels of each keypoint's branch; at least 1.</param>
    /// <param name="offsetBlocks">Adaptive blocks of each of these; at least 1.</param>
    public DekrHead(
        IReadOnlyList<FeatureMap> maps, int keypoints, int heatmapChannels, int heatmapBlocks, int channelsPerKeypoint, int offsetBlocks)
        : base(nameof(DekrHead))
    {
        this.channelsPerKeypoint = channelsPerKeypoint;
        int[] channels = [.. maps.Select(map => map.Channels)];
        // The names, and their order, are the checkpoints'.
        toHeatmaps = new ConcatConvNormAct(channels, heatmapChannels, bias: false, alignCorners: false)
            .RegisterIn(ModuleGroup.In(this, "transition_heatmap"), "0", "1");
        toOffsets = new ConcatConvNormAct(channels, keypoints * channelsPerKeypoint, bias: false, alignCorners: false)
            .RegisterIn(ModuleGroup.In(this, "transition_offset"), "0", "1");
        var head = ModuleGroup.In(this, "head_heatmap");
        head.register_module("0", this.heatmapBlocks = Chain(heatmapBlocks, () => new BasicBlock(heatmapChannels, heatmapChannels)));
        head.register_module("1", heatmaps = Conv2d(heatmapChannels, keypoints + 1, 1L));
        this.offsetBlocks = Row("offset_feature_layers", keypoints, () => Chain(offsetBlocks, () => new AdaptiveBlock(channelsPerKeypoint)));
        offsets = Row("offset_final_layer", keypoints, () => Conv2d(channelsPerKeypoint, 2, 1L));
    }

    public override string? Key => null;

    /// <summary>The authors' HEATMAPS_LOSS_FACTOR and OFFSETS_LOSS_FACTOR.</summary>
    public override IReadOnlyList<double> OutputWeights => [1.0, 0.03];

    public override Tensor[] forward(Tensor[] maps) => [Heatmaps(maps), Offsets(maps)];

    /// <summary>The authors' convolutions start small; the adaptive ones, which are none of PyTorch's, as they are made.</summary>
    public override void InitializeAsAuthors()
    {
        WeightInitializer.DrawConvolutions(this, deviation: 0.001, except: modules().OfType<DeformableConv>());
        foreach (var block in modules().OfType<AdaptiveBlock>())
            block.StartAtRest();
        foreach (var last in offsets.Append(heatmaps))
            init.zeros_(last.bias!);
    }

    public void Fold()
    {
        toHeatmaps.Fold();
        toOffsets.Fold();
    }

    private Tensor Heatmaps(Tensor[] maps)
    {
        using var mixed = toHeatmaps.Forward(maps);          // (N, heatmapChannels, h_0, w_0)
        using var features = heatmapBlocks.call(mixed);
        return heatmaps.call(features);
    }

    private Tensor Offsets(Tensor[] maps)
    {
        using var scope = NewDisposeScope();
        var mixed = toOffsets.Forward(maps);                 // (N, keypoints · channelsPerKeypoint, h_0, w_0)
        var parts = new Tensor[offsets.Length];
        for (var keypoint = 0; keypoint < parts.Length; keypoint++)
        {
            using var own = mixed.narrow(1, keypoint * channelsPerKeypoint, channelsPerKeypoint);
            using var features = offsetBlocks[keypoint].call(own);
            parts[keypoint] = offsets[keypoint].call(features);
        }
        return cat(parts, 1).MoveToOuterDisposeScope();
    }

    private static ModuleChain Chain(int length, Func<Module<Tensor, Tensor>> make) => new(Enumerable.Range(0, length).Select(_ => make()));

    private T[] Row<T>(string name, int length, Func<T> make)
        where T : Module
    {
        var group = ModuleGroup.In(this, name);
        T[] row = [.. Enumerable.Range(0, length).Select(_ => make())];
        for (var i = 0; i < row.Length; i++)
            group.register_module($"{i}", row[i]);
        return row;
    }
}

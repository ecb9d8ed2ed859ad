using Seg.Models.Blocks;
using Seg.Models.Networks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Backbones;

/// <summary>HRNetV2: parallel branches at strides 4, 8, 16 and 32, which exchange what they know at the end of every module.</summary>
/// <remarks>
/// Wang et al., "Deep High-Resolution Representation Learning for Visual Recognition", arXiv:1908.07919; keys and numbers of the authors'
/// segmentation code.
/// Shapes: (N, 3, H, W) → 4 maps (N, width · 2^i, H / (4 · 2^i), W / (4 · 2^i)), extents rounded up.
/// </remarks>
public sealed class HRNet : Backbone, IFoldable
{
    private const int StemChannels = 64;

    private readonly ConvNormAct stem1, stem2;
    private readonly ModuleChain layer1;
    private readonly (HRNetTransition Transition, HRNetStage Stage)[] stages;

    /// <param name="width">Channels of the finest branch; branch i has width · 2^i. At least 1.</param>
    /// <param name="bottleneckChannels">Channels inside the bottlenecks of stage 1; at least 1.</param>
    /// <param name="blocksPerStage">Bottlenecks in stage 1, then basic blocks in each branch of each module of stages 2, 3 and 4.</param>
    /// <param name="modulesPerStage">Modules in stages 2, 3 and 4.</param>
    /// <param name="alignCorners">How coarse maps are interpolated to finer ones.</param>
    public HRNet(
        int width, int bottleneckChannels, IReadOnlyList<int> blocksPerStage, IReadOnlyList<int> modulesPerStage, bool alignCorners)
        : base(nameof(HRNet))
    {
        // The names, and their order, are the checkpoints'.
        stem1 = ConvNormAct.Create(3, StemChannels, kernel: 3, stride: 2).RegisterIn(this, "conv1", "bn1");
        stem2 = ConvNormAct.Create(StemChannels, StemChannels, kernel: 3, stride: 2).RegisterIn(this, "conv2", "bn2");
        layer1 = new ModuleChain(Enumerable.Range(0, blocksPerStage[0]).Select(i =>
            new Bottleneck(i == 0 ? StemChannels : bottleneckChannels * Bottleneck.Expansion, bottleneckChannels)));
        register_module(nameof(layer1), layer1);

        int[] channels = [bottleneckChannels * Bottleneck.Expansion];
        stages = new (HRNetTransition, HRNetStage)[3];
        for (var i = 0; i < stages.Length; i++)
        {
            int[] wider = [.. Enumerable.Range(0, i + 2).Select(branch => width << branch)];
            var stage = new HRNetStage(wider, modulesPerStage[i], blocksPerStage[i + 1], alignCorners);
            stages[i] = (new HRNetTransition(channels, wider), stage);
            register_module($"transition{i + 1}", stages[i].Transition);
            register_module($"stage{i + 2}", stages[i].Stage);
            channels = wider;
        }
        Maps = [.. channels.Select((count, branch) => new FeatureMap(count, 4 << branch))];
    }

    public override IReadOnlyList<FeatureMap> Maps { get; }

    public override Tensor[] forward(Tensor images)
    {
        // images: (N, 3, H, W); sizes below for H and W multiples of 32
        using var halved = stem1.Forward(images);                    // (N, 64, H/2, W/2)
        using var quartered = stem2.Forward(halved);                 // (N, 64, H/4, W/4)
        Tensor[] maps = [layer1.call(quartered)];                    // 1 map: (N, 256, H/4, W/4)
        foreach (var (transition, stage) in stages)
            maps = Advance(maps, transition, stage);                 // 2, 3, 4 maps: (N, C · 2^i, H / (4 · 2^i), W / (4 · 2^i))
        return maps;
    }

    public override void InitializeAsAuthors() => WeightInitializer.DrawConvolutions(this, deviation: 0.001);

    public void Fold()
    {
        stem1.Fold();
        stem2.Fold();
    }

    /// <summary>One transition and one stage; gives back the maps that it used.</summary>
    private static Tensor[] Advance(Tensor[] maps, HRNetTransition transition, HRNetStage stage)
    {
        var entering = transition.call(maps);
        var leaving = stage.call(entering);
        maps.DisposeExcept(entering);   // a transition may hand maps on as they are
        entering.DisposeExcept(kept: []);
        return leaving;
    }
}

using Seg.Models.Blocks;
using Seg.Models.Configuration;
using Seg.Models.Networks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Backbones;

/// <summary>HRNet: parallel branches at strides 4, 8, 16 and 32, which exchange what they know at the end of every module.</summary>
/// <remarks>
/// Wang et al., "Deep High-Resolution Representation Learning for Visual Recognition", arXiv:1908.07919, and Sun et al., CVPR 2019,
/// arXiv:1902.09212; keys and numbers of the authors' segmentation code, and with nearest interpolation and the finest branch alone fused
/// into at the end those of their pose code.
/// Shapes: (N, 3, H, W) → 4 maps (N, width · 2^i, H / (4 · 2^i), W / (4 · 2^i)), extents rounded up; or the first of them alone.
/// </remarks>
public sealed class HRNet : Backbone, IFoldable
{
    private const int StemChannels = 64;
    private const int CoarsestStride = 32;

    private readonly ConvNormAct stem1, stem2;
    private readonly ModuleChain layer1;
    private readonly (HRNetTransition Transition, HRNetStage Stage)[] stages;
    private readonly FusionInterpolation interpolation;
    private readonly HRNetBlocks placed;

    /// <param name="width">Channels of the finest branch; branch i has width · 2^i. At least 1.</param>
    /// <param name="bottleneckChannels">Channels inside the bottlenecks of stage 1; at least 1.</param>
    /// <param name="blocksPerStage">Bottlenecks in stage 1, then basic blocks in each branch of each module of stages 2, 3 and 4.</param>
    /// <param name="modulesPerStage">Modules in stages 2, 3 and 4.</param>
    /// <param name="alignCorners">Whether bilinear interpolation aligns the corners.</param>
    /// <param name="interpolation">How coarse maps are brought to a finer one's size.</param>
    /// <param name="lastFusion">What the last module fuses into, and so which maps the network hands on.</param>
    /// <param name="placements">Blocks of other papers, and where they stand; none by default.</param>
    /// <exception cref="InputException">A block does not take the channels of its place.</exception>
    public HRNet(
        int width, int bottleneckChannels, IReadOnlyList<int> blocksPerStage, IReadOnlyList<int> modulesPerStage, bool alignCorners,
        FusionInterpolation interpolation = FusionInterpolation.Bilinear, LastFusion lastFusion = LastFusion.All,
        IReadOnlyList<HRNetPlacementConfig>? placements = null)
        : base(nameof(HRNet))
    {
        this.interpolation = interpolation;
        placed = new HRNetBlocks(placements ?? []);
        // The names, and their order, are the checkpoints'.
        stem1 = ConvNormAct.Create(3, StemChannels, kernel: 3, stride: 2).RegisterIn(this, "conv1", "bn1");
        stem2 = ConvNormAct.Create(StemChannels, StemChannels, kernel: 3, stride: 2).RegisterIn(this, "conv2", "bn2");
        layer1 = MakeLayer1(bottleneckChannels, blocksPerStage[0]);
        register_module(nameof(layer1), layer1);

        int[] channels = [bottleneckChannels * Bottleneck.Expansion];
        stages = new (HRNetTransition, HRNetStage)[3];
        for (var i = 0; i < stages.Length; i++)
        {
            int[] wider = [.. Enumerable.Range(0, i + 2).Select(branch => width << branch)];
            var units = blocksPerStage[i + 1];
            var targets = i == stages.Length - 1 && lastFusion == LastFusion.Finest ? 1 : wider.Length;
            stages[i] = (new HRNetTransition(channels, wider), new HRNetStage(Ordinal.UpTo(modulesPerStage[i]).Select(module => new HRNetModule(
                wider.Select((_, branch) => MakeBranch(i + 2, branch, module, wider[branch], units)),
                new HRNetFusion(wider, module.Number == module.Count ? targets : wider.Length, interpolation, alignCorners)))));
            register_module($"transition{i + 1}", stages[i].Transition);
            register_module($"stage{i + 2}", stages[i].Stage);
            channels = wider;
            Maps = [.. wider.Take(targets).Select((count, branch) => new FeatureMap(count, 4 << branch))];
        }
    }

    public override IReadOnlyList<FeatureMap> Maps { get; } = [];

    public override Tensor[] forward(Tensor images)
    {
        if (interpolation == FusionInterpolation.Nearest)
            CheckExtents(images);
        // images: (N, 3, H, W); sizes below for H and W multiples of 32
        using var halved = stem1.Forward(images);                    // (N, 64, H/2, W/2)
        using var quartered = stem2.Forward(halved);                 // (N, 64, H/4, W/4)
        Tensor[] maps = [layer1.call(quartered)];                    // 1 map: (N, 256, H/4, W/4)
        foreach (var (transition, stage) in stages)
            maps = Advance(maps, transition, stage);                 // 2, 3, 4 maps: (N, C · 2^i, H / (4 · 2^i), W / (4 · 2^i))
        return maps;
    }

    /// <summary>Placed blocks, gates among them, are not the authors': they keep what they start from.</summary>
    public override void InitializeAsAuthors() =>
        WeightInitializer.DrawConvolutions(this, deviation: 0.001, except: [.. placed.Made, .. modules().OfType<StripPooling>()]);

    public void Fold()
    {
        stem1.Fold();
        stem2.Fold();
    }

    private ModuleChain MakeLayer1(int channels, int units)
    {
        var single = new Ordinal(1, 1);
        var links = Ordinal.UpTo(units).Select(unit =>
        {
            var spot = new HRNetSpot(Stage: 1, single, single, unit);
            var inChannels = unit.Number == 1 ? StemChannels : channels * Bottleneck.Expansion;
            return new Bottleneck(inChannels, channels, stripPooling: placed.HasGate(spot), convolution: placed.Convolution(spot, channels));
        });
        var last = new HRNetSpot(Stage: 1, single, single, new(units, units));
        return new ModuleChain([.. links, .. placed.AfterBranch(last, channels * Bottleneck.Expansion)]);
    }

    private ModuleChain MakeBranch(int stage, int index, Ordinal module, int channels, int units)
    {
        var branch = new Ordinal(index + 1, stage);
        var links = Ordinal.UpTo(units).Select(unit =>
        {
            var spot = new HRNetSpot(stage, branch, module, unit);
            return new BasicBlock(channels, channels, stripPooling: placed.HasGate(spot), convolution: placed.Convolution(spot, channels));
        });
        var last = new HRNetSpot(stage, branch, module, new(units, units));
        return new ModuleChain([.. links, .. placed.AfterBranch(last, channels)]);
    }

    /// <summary>Repeating values fits the branches together only where every halving was exact.</summary>
    private static void CheckExtents(Tensor images)
    {
        foreach (var (name, extent) in new[] { ("Height", images.shape[2]), ("Width", images.shape[3]) })
        {
            if (extent % CoarsestStride == 0)
                continue;
            var larger = (extent / CoarsestStride + 1) * CoarsestStride;
            throw new InputException(
                $"{name} {extent} is not a multiple of {CoarsestStride}, which nearest interpolation between the branches needs; resize or pad to {larger}.");
        }
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

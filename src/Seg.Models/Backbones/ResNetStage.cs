using Seg.Models.Blocks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Backbones;

/// <summary>The residual units of one stage of a ResNet, with the keys 0, 1, 2, …</summary>
/// <remarks>Shapes: (N, inChannels, H, W) → (N, outChannels, ⌈H / stride⌉, ⌈W / stride⌉).</remarks>
public sealed class ResNetStage : KeyedModule<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor>[] steps;

    /// <param name="units">At least one.</param>
    public ResNetStage(IReadOnlyList<ResNetUnit> units) : base(nameof(ResNetStage))
    {
        ArgumentOutOfRangeException.ThrowIfZero(units.Count, nameof(units));
        for (var i = 0; i < units.Count; i++)
        {
            register_module($"{i}", units[i].Residual);
            foreach (var block in units[i].After)
                units[i].Residual.register_module(block.Name, block.Module);
        }
        After = units.SelectMany(unit => unit.After);
        steps = [.. units.SelectMany(unit => unit.After.Select(block => block.Module).Prepend(unit.Residual))];
    }

    /// <summary>The blocks after units.</summary>
    public IEnumerable<PlacedBlock> After { get; }

    public override Tensor forward(Tensor x) => steps.Follow(x);
}

using Seg.Models.Configuration;
using Seg.Models.Networks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Backbones;

/// <summary>The blocks that a configuration puts into an HRNet, each made when the network asks for what stands at a spot.</summary>
internal sealed class HRNetBlocks(IReadOnlyList<HRNetPlacementConfig> placements)
{
    private readonly List<Module> made = [];

    /// <summary>All that were asked for so far.</summary>
    public IReadOnlyList<Module> Made => made;

    /// <summary>What stands in place of the unit's 3x3 convolution with its norm and ReLU; null for the convolution itself.</summary>
    public Module<Tensor, Tensor>? Convolution(HRNetSpot spot, int channels) => At(HRNetPlace.Convolution, spot)
        .Select(placement => Note(BlockFactory.CreateConvolution(placement.Block, channels, channels, stride: 1, dilation: 1)))
        .SingleOrDefault();

    /// <summary>Whether the unit has a strip pooling gate.</summary>
    public bool HasGate(HRNetSpot spot) => At(HRNetPlace.Gate, spot).Any();

    /// <summary>What stands after the branch that ends with this unit, in the order in which the configuration lists it.</summary>
    public IEnumerable<Module<Tensor, Tensor>> AfterBranch(HRNetSpot last, int channels) => At(HRNetPlace.AfterBranch, last)
        .Select(placement => Note(BlockFactory.CreateOnMap(placement.Block, channels)));

    private IEnumerable<HRNetPlacementConfig> At(HRNetPlace place, HRNetSpot spot) =>
        placements.Where(placement => placement.Place == place && placement.Holds(spot));

    private Module<Tensor, Tensor> Note(Module<Tensor, Tensor> block)
    {
        made.Add(block);
        return block;
    }
}

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Networks;

/// <summary>A bare block as a network of its own, with the block's keys.</summary>
/// <remarks>Shapes: the block's.</remarks>
public sealed class BlockNetwork : NetworkOfParts
{
    private readonly Module<Tensor, Tensor> block;

    public BlockNetwork(Module<Tensor, Tensor> block) : base(nameof(BlockNetwork))
    {
        this.block = block;
        Add(key: null, block);
    }

    public override Tensor[] forward(Tensor x)
    {
        using var input = InTypeOfWeights(x);
        return [block.call(input)];
    }
}

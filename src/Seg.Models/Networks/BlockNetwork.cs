using Seg.Models.Blocks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Networks;

/// <summary>A bare block as a network of its own, with the block's keys.</summary>
/// <remarks>Shapes: the block's.</remarks>
public sealed class BlockNetwork : Network, IFoldable
{
    private readonly Module<Tensor, Tensor> block;

    public BlockNetwork(Module<Tensor, Tensor> block) : base(nameof(BlockNetwork))
    {
        this.block = block;
        this.RegisterPart(key: null, block);
    }

    public override Tensor[] forward(Tensor x)
    {
        using var input = x.to_type(parameters().First().dtype);
        return [block.call(input)];
    }

    public void Fold() => (block as IFoldable)?.Fold();

    /// <summary>The block is no component here: its parts are registered in its place.</summary>
    protected override void RegisterComponents() { }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
            block.Dispose();
    }
}

using Seg.Models.Blocks;
using Seg.Models.Networks;
using static TorchSharp.torch;

namespace Seg.Models.Heads;

/// <summary>A head with a single map and a single output, as a block with the head's own keys.</summary>
/// <remarks>Shapes: the head's.</remarks>
public sealed class HeadBlock : KeyedModule<Tensor, Tensor>, IFoldable
{
    private readonly Head head;

    /// <param name="head">Made for one map; becomes the block's.</param>
    public HeadBlock(Head head) : base(nameof(HeadBlock))
    {
        this.head = head;
        this.RegisterPart(key: null, head);
    }

    public override Tensor forward(Tensor x) => head.call([x])[0];

    public void Fold() => (head as IFoldable)?.Fold();

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
            head.Dispose();
    }
}

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>|input - target|. Shapes: (…) twice → scalar, or (…) unreduced.</summary>
public sealed class L1Loss : Loss<Tensor, Tensor, Tensor>
{
    public L1Loss(Reduction reduction = Reduction.Mean)
        : base(reduction) { }

    public override Tensor forward(Tensor input, Tensor target) => functional.l1_loss(input, target, reduction);
}

using Seg.Models.Blocks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Networks;

/// <summary>A network as the trainer and the predictors see it: images in, one or several maps out.</summary>
/// <remarks>Shapes: (N, 3, H, W) → maps of (N, classes, h, w), in the order in which the authors' code returns them.</remarks>
public abstract class Network : Module<Tensor, Tensor[]>
{
    protected Network(string name) : base(name) { }

    /// <summary>Index of the output that predictions are made from.</summary>
    public virtual int MainOutput => 0;

    /// <summary>What each output counts in the training loss, in the order of the outputs.</summary>
    public virtual IReadOnlyList<double> OutputWeights => [1.0];

    /// <summary>The part that has been pre-trained as a rule, and may learn at a rate of its own; null where there is none.</summary>
    public virtual Module? Backbone => null;

    /// <summary>Whether maps are brought to the image's size by bilinear interpolation with aligned corners.</summary>
    public virtual bool AlignCorners => true;

    /// <summary>All outputs that training has, in eval mode, too: also those of auxiliary heads.</summary>
    public virtual Tensor[] CallWithAuxiliary(Tensor images) => call(images);

    /// <summary>
    /// What the authors' own network returns: the same as a call, but where theirs brings its outputs to the image's size, so does this.
    /// </summary>
    public virtual Tensor[] CallAsPublished(Tensor images) => call(images);

    /// <summary>
    /// The output that predictions are made from, alone: what only the others need is left out where the network can do without it.
    /// </summary>
    public virtual Tensor Predict(Tensor images) => call(images).KeepOnly(MainOutput);
}

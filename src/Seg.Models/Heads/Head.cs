using Seg.Models.Blocks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Heads;

/// <summary>Turns a backbone's maps into one or several maps of logits, or of heatmaps.</summary>
/// <remarks>Shapes: the backbone's maps (N, C_i, h_i, w_i) → as a rule each (N, classes, h_0, w_0).</remarks>
public abstract class Head(string name) : KeyedModule<Tensor[], Tensor[]>(name)
{
    /// <summary>What the head is called in the state dict; null where its parts stand there without a common name.</summary>
    public virtual string? Key => "head";

    /// <summary>Index of the output that predictions are made from.</summary>
    public virtual int MainOutput => 0;

    /// <summary>What each output counts in the training loss.</summary>
    public virtual IReadOnlyList<double> OutputWeights => [1.0];

    /// <summary>
    /// The main output alone; a head whose other outputs cost something that the main one does not need leaves that out.
    /// </summary>
    public virtual Tensor Predict(Tensor[] maps) => call(maps).KeepOnly(MainOutput);

    /// <summary>Draws the weights as the authors' code does before training.</summary>
    public abstract void InitializeAsAuthors();
}

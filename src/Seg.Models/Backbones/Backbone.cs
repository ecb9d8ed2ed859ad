using Seg.Models.Blocks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Backbones;

/// <summary>Turns images into maps of features.</summary>
/// <remarks>Shapes: (N, 3, H, W) → one map (N, C_i, ⌈H / stride_i⌉, ⌈W / stride_i⌉) for each entry of <see cref="Maps"/>, the finest
/// first.</remarks>
public abstract class Backbone(string name) : KeyedModule<Tensor, Tensor[]>(name)
{
    /// <summary>Channels and stride of each map, so that no head has to guess.</summary>
    public abstract IReadOnlyList<FeatureMap> Maps { get; }

    /// <summary>Image pixels from one position of the input to the next: more than 1 where the backbone continues another one's map.</summary>
    public virtual int InStride => 1;

    /// <summary>What the backbone is called in the authors' state dict; null where its parts stand there without a common name.</summary>
    public virtual string? Key => null;

    /// <summary>Draws the weights as the authors' code does before training.</summary>
    public abstract void InitializeAsAuthors();
}

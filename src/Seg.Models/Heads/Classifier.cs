using Seg.Models.Blocks;
using static TorchSharp.torch;

namespace Seg.Models.Heads;

/// <summary>Turns a backbone's last map into one score a class, for the image as a whole.</summary>
/// <remarks>Its parts stand in the state dict without a common name. Shapes: (N, C, H, W) → (N, classes).</remarks>
public abstract class Classifier(string name) : KeyedModule<Tensor, Tensor>(name)
{
    /// <summary>Draws the weights as the authors' code does before training.</summary>
    public abstract void InitializeAsAuthors();
}

using Seg.Models.Blocks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Networks;

/// <summary>A network that is put together from parts, each of which stands in the state dict under a key of its own or under none.</summary>
/// <remarks>Images are brought to the type of the weights, so that a network in bfloat16 takes float32 images.</remarks>
public abstract class NetworkOfParts(string name) : Network(name), IFoldable
{
    private readonly List<(string? Key, Module Module)> parts = [];

    /// <summary>Puts the batch norms of parts without a key into their convolutions: the others are modules of the network, and get their own call.</summary>
    public void Fold()
    {
        foreach (var (key, part) in parts)
        {
            if (key is null)
                (part as IFoldable)?.Fold();
        }
    }

    /// <summary>Makes a module a part of the network, which frees it in the end.</summary>
    /// <param name="key">Its name in the state dict; null to register its own parts in its place.</param>
    protected void Add(string? key, Module part)
    {
        this.RegisterPart(key, part);
        parts.Add((key, part));
    }

    /// <summary>The images in the type of the weights.</summary>
    protected Tensor InTypeOfWeights(Tensor images) => images.to_type(parameters().First().dtype);

    /// <summary>Fields are no components here: what has no key of its own is registered part by part.</summary>
    protected sealed override void RegisterComponents() { }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing)
            return;
        foreach (var (_, part) in parts)
            part.Dispose();
    }
}

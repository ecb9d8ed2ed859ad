using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Blocks;

/// <summary>
/// Modules one after the other, with the keys 0, 1, 2, …; what lies between two of them is given back as soon as it has been used.
/// </summary>
public sealed class ModuleChain : KeyedModule<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor>[] links;

    /// <param name="links">At least one module.</param>
    public ModuleChain(IEnumerable<Module<Tensor, Tensor>> links) : base(nameof(ModuleChain))
    {
        this.links = [.. links];
        ArgumentOutOfRangeException.ThrowIfZero(this.links.Length, nameof(links));
        for (var i = 0; i < this.links.Length; i++)
            register_module($"{i}", this.links[i]);
    }

    public override Tensor forward(Tensor x) => links.Follow(x);
}

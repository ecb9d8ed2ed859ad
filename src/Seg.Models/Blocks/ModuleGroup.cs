using static TorchSharp.torch.nn;

namespace Seg.Models.Blocks;

/// <summary>
/// Gives modules a common name in the keys of the state dict, and does nothing else. Unlike TorchSharp's ModuleList it can leave out
/// indices, as the authors' lists do where an entry is None.
/// </summary>
public sealed class ModuleGroup() : Module(nameof(ModuleGroup))
{
    /// <summary>Registers a group in its owner.</summary>
    public static ModuleGroup In(Module owner, string name)
    {
        var group = new ModuleGroup();
        owner.register_module(name, group);
        return group;
    }
}

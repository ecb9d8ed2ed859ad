using static TorchSharp.torch.nn;

namespace Seg.Models.Networks;

/// <summary>How the parts of a network get their keys.</summary>
internal static class ModuleExtensions
{
    /// <summary>
    /// Registers a part under its key; without one, registers its children and parameters in its place, so that they stand in the state
    /// dict without a common name. The part itself is then no module of the owner: it must not look at its own
    /// <see cref="Module.training"/>.
    /// </summary>
    public static void RegisterPart(this Module owner, string? key, Module part)
    {
        if (key is not null)
        {
            owner.register_module(key, part);
            return;
        }
        foreach (var (name, parameter) in part.named_parameters(recurse: false))
            owner.register_parameter(name, parameter);
        foreach (var (name, child) in part.named_children())
            owner.register_module(name, child);
    }
}

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Blocks;

/// <summary>Modules in a row.</summary>
public static class ModuleRowExtensions
{
    /// <summary>
    /// Runs the modules one after the other; what lies between two of them is given back as soon as it has been used. There is at least
    /// one.
    /// </summary>
    public static Tensor Follow(this IReadOnlyList<Module<Tensor, Tensor>> modules, Tensor x)
    {
        var result = modules[0].call(x);
        for (var i = 1; i < modules.Count; i++)
        {
            using var between = result;
            result = modules[i].call(between);
        }
        return result;
    }
}

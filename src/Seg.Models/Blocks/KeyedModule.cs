using static TorchSharp.torch.nn;

namespace Seg.Models.Blocks;

/// <summary>
/// A module that registers its parts itself, under the names that are keys in the authors' checkpoints. TorchSharp's own way, to search the
/// fields, would register them a second time under the fields' names.
/// </summary>
public abstract class KeyedModule<TInput, TResult>(string name) : Module<TInput, TResult>(name)
{
    protected sealed override void RegisterComponents() { }
}

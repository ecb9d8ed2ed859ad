using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>A tensor that a module learns: fields of this type are registered as parameters, fields of type Tensor as buffers.</summary>
public class Parameter : Tensor
{
    /// <param name="data">The values; this object takes the tensor over, dispose scope and all, and <paramref name="data"/> becomes
    /// empty.</param>
    /// <param name="requires_grad">Whether gradients are computed for it.</param>
    public Parameter(Tensor data, bool requires_grad = true)
        : base(data.with_requires_grad(requires_grad).MoveHandle(), register: false)
    {
        GC.SuppressFinalize(data);
        if (data.OwningDisposeScope is not { } scope)
            return;
        scope.Remove(data);
        scope.Add(this);
    }
}

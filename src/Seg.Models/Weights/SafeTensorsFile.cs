using static TorchSharp.torch;

namespace Seg.Models.Weights;

/// <summary>What a .safetensors file holds.</summary>
/// <param name="Tensors">The tensors by name, in the order of the header. Disposed with this.</param>
/// <param name="Metadata">The free text entries of the header.</param>
public sealed record SafeTensorsFile(IReadOnlyDictionary<string, Tensor> Tensors, IReadOnlyDictionary<string, string> Metadata)
    : IDisposable
{
    public void Dispose()
    {
        foreach (var tensor in Tensors.Values)
            tensor.Dispose();
    }
}

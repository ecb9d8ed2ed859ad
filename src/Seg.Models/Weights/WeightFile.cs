using static TorchSharp.torch;

namespace Seg.Models.Weights;

/// <summary>Weights from a file of any format that is known here.</summary>
public static class WeightFile
{
    /// <summary>
    /// Reads a state dict from a .safetensors file, or else from a PyTorch checkpoint (see <see cref="PickleFile.ReadStateDict"/>).
    /// </summary>
    /// <returns>Tensors on the CPU, the caller's to dispose.</returns>
    /// <exception cref="InputException">The file cannot be read, is cut off or faulty, or holds what is refused.</exception>
    public static IReadOnlyDictionary<string, Tensor> Read(string path) =>
        ModelFile.IsModelFile(path) ? SafeTensors.Read(path).Tensors : PickleFile.ReadStateDict(path);
}

using static TorchSharp.torch;

namespace Seg.Models.Weights;

/// <summary>Weights in a file of any format that is known here; .safetensors and .pth (.pt) by their extensions.</summary>
public static class WeightFile
{
    /// <summary>
    /// Reads a state dict from a .safetensors file, or else from a PyTorch checkpoint (see <see cref="PickleFile.ReadStateDict"/>), without
    /// the names of wrappers.
    /// </summary>
    /// <returns>Tensors on the CPU, the caller's to dispose.</returns>
    /// <exception cref="InputException">The file cannot be read, is cut off or faulty, or holds what is refused.</exception>
    public static IReadOnlyDictionary<string, Tensor> Read(string path)
    {
        if (!ModelFile.IsModelFile(path))
            return PickleFile.ReadStateDict(path);
        var file = SafeTensors.Read(path);
        try
        {
            var weights = WeightNames.Plain(file.Tensors);
            foreach (var unused in file.Tensors.Values.Except(weights.Values))
                unused.Dispose();
            return weights;
        }
        catch (InvalidDataException exception)
        {
            file.Dispose();
            throw new InputException($"{path} holds weights twice: {exception.Message}.", exception);
        }
    }

    /// <summary>Writes a state dict, atomically, in the format that the extension names.</summary>
    /// <exception cref="InputException">The extension names no format, or the format cannot hold these tensors.</exception>
    /// <exception cref="IOException">The disk is full, or the folder cannot be written; an old file is still there.</exception>
    public static void Write(string path, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        RequireKnown(path);
        try
        {
            if (ModelFile.IsModelFile(path))
                SafeTensors.Write(path, tensors, metadata);
            else
                PickleFile.Write(path, tensors);
        }
        catch (ArgumentException exception)
        {
            throw new InputException($"Cannot write {path}: {exception.Message}", exception);
        }
    }

    /// <exception cref="InputException">The extension names no format that weights are written in.</exception>
    public static void RequireKnown(string path)
    {
        if (!ModelFile.IsModelFile(path) && !PickleFile.IsPickleFile(path))
            throw new InputException($"'{path}' does not say in which format to write; end it in {ModelFile.Extension} or {string.Join(" or ", PickleFile.Extensions)}.");
    }
}

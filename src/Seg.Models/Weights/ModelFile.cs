using Seg.Models.Networks;
using static TorchSharp.torch;

namespace Seg.Models.Weights;

/// <summary>A trained model in one file that describes itself.</summary>
public static class ModelFile
{
    public static void Save(string path, Network network, ModelDescription description) => throw new NotImplementedException(path + network + description);

    public static (Network Network, ModelDescription Description) Load(string path, Device? device = null) => throw new NotImplementedException(path + device);

    public static bool IsModelFile(string path) => throw new NotImplementedException(path);
}

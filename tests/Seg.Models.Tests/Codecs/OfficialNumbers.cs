using System.Runtime.InteropServices;
using System.Text.Json;
using Seg.Models.Weights;
using static TorchSharp.torch;

namespace Seg.Models.Tests.Codecs;

/// <summary>
/// What the official pose codes computed: References/heatmaps, affine and flip, whose case.json say of which code, with what arguments.
/// </summary>
internal static class OfficialNumbers
{
    public static Tensor Tensor(string name) => NpyFile.Read(PathOf($"{name}.npy"));

    public static float[] Values(string name)
    {
        using var tensor = Tensor(name);
        return MemoryMarshal.Cast<byte, float>(tensor.bytes).ToArray();
    }

    public static JsonElement Json(string name) => JsonDocument.Parse(File.ReadAllText(PathOf($"{name}.json"))).RootElement;

    public static double[] Numbers(this JsonElement element, string key) => Numbers(element.GetProperty(key));

    /// <summary>All numbers of an array, or of an array of arrays.</summary>
    public static double[] Numbers(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? [.. element.EnumerateArray().SelectMany(Numbers)] : [element.GetDouble()];

    private static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, "References", file);
}

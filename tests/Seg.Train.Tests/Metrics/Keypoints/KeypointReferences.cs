using System.Text.Json;
using Seg.Models.Weights;
using static TorchSharp.torch;

namespace Seg.Train.Tests.Metrics.Keypoints;

/// <summary>Results of the official code (References/keypoints, from ../shared/reference/metrics).</summary>
internal static class KeypointReferences
{
    public static string At(params string[] parts) => Path.Combine([AppContext.BaseDirectory, "References", "keypoints", .. parts]);

    public static JsonElement Json(params string[] parts) => JsonDocument.Parse(File.ReadAllText(At(parts))).RootElement;

    public static double[] Array(params string[] parts)
    {
        using var scope = NewDisposeScope();
        return NpyFile.Read(At(parts)).to_type(ScalarType.Float64).contiguous().data<double>().ToArray();
    }

    public static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(number => number.GetDouble())];

    public static double[][] Matrix(JsonElement rows) => [.. rows.EnumerateArray().Select(Numbers)];

    public static bool[][] Flags(JsonElement rows) => [.. rows.EnumerateArray().Select(row => row.EnumerateArray().Select(flag => flag.GetBoolean()).ToArray())];

    public static void Close(IEnumerable<double> expected, IEnumerable<double> found, double tolerance) =>
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, tolerance));
}

using System.Text.Json.Nodes;
using Seg.Models.Configuration;
using Seg.Train.Tasks;
using static TorchSharp.torch;

namespace Seg.Train.Distributed;

/// <summary>Gathers the facts that must be the same on all ranks.</summary>
internal static class StartFactsReader
{
    /// <param name="config">Folders of data may differ from machine to machine; all else counts.</param>
    /// <param name="type">The number format that <c>auto</c> came to on this machine.</param>
    public static StartFacts Read(RunConfig config, ScalarType type, TrainingTask task)
    {
        var root = Path.GetFullPath(config.Data!.Root);
        var settings = JsonNode.Parse(ConfigReader.WriteJson(config with { Data = config.Data with { Root = "" } }))!.AsObject();
        settings["precision in use"] = TrainingPrecision.NameOf(type);
        return new StartFacts(settings.ToJsonString(), [.. task.Files.Select(file => Describe(file, root))]);
    }

    private static string Describe(string file, string root)
    {
        FileInfo info = new(file);
        return $"{Path.GetRelativePath(root, info.FullName)} ({(info.Exists ? info.Length : 0)} bytes)";
    }
}

namespace Seg.Train.Runs;

/// <summary>The folder of one training run and the names of the files in it.</summary>
public sealed class RunDirectory
{
    /// <summary>The usual directory of a config's runs: <c>runs/camvid_hrnet_w18s</c> for <c>configs/camvid/hrnet_w18s.yaml</c>, <c>runs/own</c> for <c>own.yaml</c>.</summary>
    public static string NameFor(string configFile)
    {
        var full = Path.GetFullPath(configFile);
        var name = Path.GetFileNameWithoutExtension(full);
        var folder = Path.GetDirectoryName(full);
        var inConfigs = folder is not null && Path.GetFileName(Path.GetDirectoryName(folder)) == "configs";
        return Path.Combine("runs", inConfigs ? $"{Path.GetFileName(folder)}_{name}" : name);
    }
}

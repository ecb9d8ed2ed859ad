using Seg.Models;
using Seg.Models.Configuration;
using Seg.Models.Weights;
using Seg.Train.Datasets;

namespace Seg.Train.Jobs;

/// <summary>Finds the data that a trained model is to see.</summary>
internal static class ModelData
{
    /// <param name="model">The model file.</param>
    /// <param name="root">The data set's folder; null: that of the config.</param>
    /// <param name="config">A config with a <c>data:</c> section; null: the one of the model's run, or what the data's folders look like.</param>
    /// <param name="overrides">Changes to the config.</param>
    /// <exception cref="InputException">Model, config or folder are not there, or none of them says how the data are laid out.</exception>
    public static DataConfig Find(string model, string? root, string? config, IReadOnlyList<string> overrides)
    {
        if (!File.Exists(model))
            throw new InputException($"There is no model file '{model}'.");
        if ((config ?? ConfigOfRun(model)) is { } path)
        {
            var data = ConfigReader.Read<RunConfig>(path, overrides).Data
                ?? throw new InputException($"{path} has no 'data:' section; give a config that has one.");
            return root is null ? data : data with { Root = root };
        }
        if (overrides.Count > 0)
            throw new InputException("There is no config that --set could change; give one with --config.");
        if (root is null)
            throw new InputException($"No config.yaml lies beside '{model}' to say which data it is for; give --data DIR, or --config CONFIG.");
        if (!Directory.Exists(root))
            throw new InputException($"There is no folder '{root}'.");
        if (ModelFile.ReadDescription(model) is PoseDescription)
            throw new InputException($"'{model}' is for pose: which keypoints '{root}' has, only a config can say. Give --config with a data: section.");
        var format = DatasetFactory.Detect(root)
            ?? throw new InputException(
                $"The layout of '{root}' is not known: it has neither leftImg8bit nor images with labels or masks. Give --config with a data: section.");
        return new SegmentationDataConfig { Format = format, Root = root };
    }

    /// <summary>The config that the trainer left beside its models.</summary>
    private static string? ConfigOfRun(string model)
    {
        var path = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(model))!, "config.yaml");
        return File.Exists(path) ? path : null;
    }
}

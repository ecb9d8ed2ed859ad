using Seg.Models;

namespace Seg.Train.Datasets;

/// <summary>Opens data sets by their config.</summary>
public static class DatasetFactory
{
    /// <summary>Lists a split's files and checks that each has its partner; nothing is decoded yet.</summary>
    /// <param name="split"><c>train</c>, <c>val</c> or <c>test</c>, or any other that the data set has a folder for.</param>
    /// <exception cref="InputException">
    /// A folder is missing or empty, an image or mask has no partner, or the classes are not known.
    /// </exception>
    public static ISegmentationDataset Create(DataConfig config, string split)
    {
        if (!Directory.Exists(config.Root))
            throw new InputException($"There is no folder '{config.Root}', which data.root names; set it, or give --data DIR.");
        var folder = config.Splits.GetValueOrDefault(split, split);
        var dataset = config.Format switch
        {
            DataFormat.Camvid => CamvidLayout.Open(config.Root, folder),
            DataFormat.Cityscapes => CityscapesLayout.Open(config.Root, folder),
            DataFormat.Folders => FolderLayout.Open(config, split),
            _ => throw new ArgumentOutOfRangeException(nameof(config), config.Format, null),
        };
        return config.CacheMegabytes > 0 ? new CachedDataset(dataset, (long)config.CacheMegabytes << 20) : dataset;
    }

    /// <summary>The classes that a data set has, without opening it; those of a class file are read from it.</summary>
    /// <exception cref="InputException">The class file is missing or faulty.</exception>
    public static LabelSet Labels(DataConfig config) => config.Format switch
    {
        DataFormat.Camvid => CamvidLayout.Labels,
        DataFormat.Cityscapes => CityscapesLayout.Labels,
        DataFormat.Folders => FolderLayout.ReadLabels(config),
        _ => throw new ArgumentOutOfRangeException(nameof(config), config.Format, null),
    };

    /// <summary>The format that a data set's folders look like; null where they look like none.</summary>
    public static DataFormat? Detect(string root)
    {
        if (Directory.Exists(Path.Combine(root, "leftImg8bit")))
            return DataFormat.Cityscapes;
        if (!Directory.Exists(Path.Combine(root, "images")))
            return null;
        if (Directory.Exists(Path.Combine(root, "masks")))
            return DataFormat.Folders;
        return Directory.Exists(Path.Combine(root, "labels")) ? DataFormat.Camvid : null;
    }
}

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
    public static ISegmentationDataset Create(SegmentationDataConfig config, string split)
    {
        if (!Directory.Exists(config.Root))
            throw new InputException($"There is no folder '{config.Root}', which data.root names; set it, or give --data DIR.");
        var layout = DataLayout.Of(config.Format);
        var classes = layout.Classes(config);
        var listing = ImageList.Narrow(layout.List(config, split), config, split);
        listing.RequireUsable();
        PairedDataset dataset = new(listing.Samples, classes, layout.MaskReader(config, split, classes));
        return config.CacheMegabytes > 0 ? new CachedDataset(dataset, (long)config.CacheMegabytes << 20) : dataset;
    }

    /// <summary>The classes that a data set has, without opening it; those of a class file are read from it.</summary>
    /// <exception cref="InputException">The class file is missing or faulty.</exception>
    public static LabelSet Labels(SegmentationDataConfig config) => DataLayout.Of(config.Format).Classes(config).Labels;

    /// <summary>The format that a data set's folders look like; null where they look like none.</summary>
    public static DataFormat? Detect(string root)
    {
        if (Has("leftImg8bit"))
            return DataFormat.Cityscapes;
        if (Has("TrainVal_images"))
            return DataFormat.Lip;
        if (Has("JPEGImages"))
            return Has("SegmentationClassContext") ? DataFormat.PascalContext : DataFormat.PascalVoc;
        if (Has("images/training") && Has("annotations/training"))
            return DataFormat.Ade20k;
        if (Directory.Exists(Path.Combine(root, "annotations")) && Directory.EnumerateFiles(Path.Combine(root, "annotations"), "instances_*.json").Any())
            return DataFormat.Coco;
        if (!Has("images"))
            return null;
        if (Has("masks"))
            return DataFormat.Folders;
        return Has("labels") ? DataFormat.Camvid : null;

        bool Has(string folder) => Directory.Exists(Path.Combine(root, folder));
    }
}

using Seg.Models;

namespace Seg.Train.Datasets;

/// <summary>A folder of images and a folder of masks with the same names, with classes that the user names.</summary>
internal static class FolderLayout
{
    private const string DefaultClassFile = "classes.txt";

    public static ISegmentationDataset Open(DataConfig config, string split)
    {
        var labels = ReadLabels(config);
        var ids = config.ClassIds ?? [.. Enumerable.Range(0, labels.Count)];
        if (ids.Length != labels.Count)
            throw new InputException($"data.class_ids has {ids.Length} values for {labels.Count} classes; give one a class.");
        if (ids.Intersect(config.IgnoreValues).Any())
        {
            throw new InputException($"data.ignore_values names {ids.Intersect(config.IgnoreValues).First()}, which is a class id too; " +
                "take it out, or set data.class_ids.");
        }

        var folder = config.Splits.GetValueOrDefault(split, split);
        var samples = PairFinder.ByName(Folder(config, config.ImageFolder, folder), Folder(config, config.MaskFolder, folder));
        if (!config.ImageFolder.Contains(DataConfig.SplitPlaceholder, StringComparison.Ordinal))
            samples = Part(config, samples, split);
        return new PairedDataset(samples, labels, new MaskEncoding(ids, config.IgnoreValues, labels.IgnoreIndex));
    }

    private static string Folder(DataConfig config, string pattern, string split)
    {
        var folder = Path.Combine(config.Root, pattern.Replace(DataConfig.SplitPlaceholder, split, StringComparison.Ordinal));
        var parent = Path.Combine(config.Root, pattern.Replace(DataConfig.SplitPlaceholder, "", StringComparison.Ordinal)).TrimEnd('/');
        if (!Directory.Exists(folder) && Directory.Exists(parent))
        {
            throw new InputException($"There is no folder '{folder}'. Name the split's folder with data.splits, or set data.image_folder " +
                $"and data.mask_folder without {DataConfig.SplitPlaceholder} to validate on one image in {config.HoldOut}.");
        }
        return folder;
    }

    /// <summary>Splits one folder: every so many-th image validates, the others train.</summary>
    private static IReadOnlyList<SamplePaths> Part(DataConfig config, IReadOnlyList<SamplePaths> samples, string split)
    {
        if (split is not ("train" or "val"))
        {
            throw new InputException($"There is no split '{split}': the images lie in one folder, of which one in {config.HoldOut} is " +
                "'val' and the others are 'train'.");
        }
        if (samples.Count < config.HoldOut)
        {
            throw new InputException($"'{Path.Combine(config.Root, config.ImageFolder)}' holds {samples.Count} images, too few to " +
                $"validate on one in {config.HoldOut}; set data.hold_out lower or add images.");
        }
        return [.. samples.Where((_, index) => (index % config.HoldOut == config.HoldOut - 1) == (split == "val"))];
    }

    public static LabelSet ReadLabels(DataConfig config)
    {
        if (config.Classes is { } names)
            return new LabelSet { Names = names, Colors = config.Colors ?? [.. names.Select((_, index) => ClassPalette.Color(index))] };
        var path = Path.Combine(config.Root, config.ClassFile ?? DefaultClassFile);
        if (config.ClassFile is null && !File.Exists(path))
        {
            throw new InputException("The classes are not known: set data.classes to their names in the order of their ids, or write " +
                $"them into '{path}', one a line.");
        }
        return ClassList.Read(path);
    }
}

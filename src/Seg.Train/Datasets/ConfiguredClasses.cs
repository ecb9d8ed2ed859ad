using Seg.Models;

namespace Seg.Train.Datasets;

/// <summary>The classes that a config names itself, in its <c>data:</c> section or in a file beside the data.</summary>
internal static class ConfiguredClasses
{
    private static readonly string[] DefaultFiles = ["classes.yaml", "classes.txt"];

    /// <param name="readDefaultFile">Whether classes.yaml or classes.txt below the root is read where the config names no file.</param>
    /// <returns>null where no classes are named.</returns>
    /// <exception cref="InputException">The class list is unreadable, or class ids and classes contradict each other.</exception>
    public static ClassTable? Find(SegmentationDataConfig config, bool readDefaultFile)
    {
        var listed = Listed(config, readDefaultFile);
        if (listed is null)
            return null;
        var ids = config.ClassIds ?? listed.Ids;
        var ignored = config.IgnoreValues ?? [.. listed.IgnoreValues.Except(config.ClassIds ?? [])];
        if (ids.Count != listed.Labels.Count)
            throw new InputException($"data.class_ids has {ids.Count} values for {listed.Labels.Count} classes; give one a class.");
        if (ids.Intersect(ignored).ToArray() is [var shared, ..])
        {
            throw new InputException($"data.ignore_values names {shared}, which is a class id too; take it out, or set data.class_ids.");
        }
        return listed with { Ids = ids, IgnoreValues = ignored, Labels = WithFlipPairs(config, listed.Labels) };
    }

    /// <exception cref="InputException">No classes are named anywhere.</exception>
    public static ClassTable Require(SegmentationDataConfig config) =>
        Find(config, readDefaultFile: true) ?? throw new InputException(
            "The classes are not known: set data.classes to their names in the order of their ids, or write " +
            $"them into '{Path.Combine(config.Root, DefaultFiles[^1])}', one a line.");

    private static ClassTable? Listed(SegmentationDataConfig config, bool readDefaultFile)
    {
        if (config.Classes is { } names)
        {
            var colors = config.Colors ?? [.. names.Select((_, index) => ClassPalette.Color(index))];
            return ClassTable.Numbered(new LabelSet { Names = names, Colors = colors });
        }
        if (config.ClassFile is { } file)
            return ClassTable.Read(Path.Combine(config.Root, file));
        return readDefaultFile && DefaultFiles.Select(name => Path.Combine(config.Root, name)).FirstOrDefault(File.Exists) is { } found
            ? ClassTable.Read(found)
            : null;
    }

    private static LabelSet WithFlipPairs(SegmentationDataConfig config, LabelSet labels)
    {
        if (config.MirroredClasses is not { } pairs)
            return labels;
        if (ClassTable.FaultOfMirrored(pairs, labels.Names) is { } fault)
            throw new InputException($"data.mirrored_classes {fault}.");
        return labels with { FlipPairs = ClassTable.FlipPairs(pairs, labels.Names) };
    }
}

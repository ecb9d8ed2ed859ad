using Seg.Train.Datasets;

namespace Seg.Train.Checks;

/// <summary>Compares the class list with what the splits show.</summary>
internal static class ClassCheck
{
    /// <param name="areValuesRight">Whether masks hold known values alone; else what they seem to lack says nothing.</param>
    public static IEnumerable<DataFault> Find(
        ClassTable classes, IReadOnlyList<SplitReport> splits, DataCheckOptions options, bool areValuesRight)
    {
        var names = classes.Labels.Names;
        if (options.ModelClasses is { } count && count != names.Length)
        {
            yield return new(FaultKinds.ClassCount,
                $"model.num_classes is {count}, but the data has {names.Length} classes; set model.num_classes={names.Length}.");
        }
        foreach (var fault in SharedColors(classes))
            yield return fault;
        if (!areValuesRight)
            yield break;
        foreach (var split in splits.Where(split => split.Pixels.Sum() + split.IgnoredPixels > 0))
        {
            if (split.Pixels.Sum() == 0)
            {
                yield return new(FaultKinds.UnlabelledSplit, $"No pixel of '{split.Name}' that was looked at has a class.")
                { Split = split.Name };
            }
            else if (split.Checked > 1 && names.Length > 1 && split.ImagesWith.Count(images => images > 0) == 1)
            {
                var only = names[Array.FindIndex(split.ImagesWith, images => images > 0)];
                yield return new(FaultKinds.OneClassMasks,
                    $"All {split.Checked} masks of '{split.Name}' that were looked at hold the class '{only}' alone.")
                { Split = split.Name, Class = only, Files = split.Checked };
            }
        }
        foreach (var fault in Absent(names, splits))
            yield return fault;
    }

    /// <summary>Classes that some split lacks. Only what was looked at in full can be said to lack one.</summary>
    private static IEnumerable<DataFault> Absent(string[] names, IReadOnlyList<SplitReport> splits)
    {
        if (splits.FirstOrDefault(split => split.Name == "train") is not { IsWhole: true, Checked: > 0 } train || train.Pixels.Sum() == 0)
            yield break;
        var validation = splits.FirstOrDefault(split => split.Name == "val" && split.IsWhole && split.Checked > 0);
        var last = Array.FindLastIndex(names, name => IsAnywhere(Array.IndexOf(names, name)));
        if (last + 1 < names.Length)
        {
            yield return new(FaultKinds.ClassListLong, $"The last {names.Length - last - 1} of {names.Length} classes are in no mask: " +
                $"{string.Join(", ", names[(last + 1)..])}.")
            { Class = names[last + 1] };
        }
        for (var id = 0; id <= last; id++)
        {
            var (trained, scored) = (train.Pixels[id] > 0, validation?.Pixels[id] > 0);
            if (!trained && scored)
                yield return Of(FaultKinds.ClassNotTrained, id, $"is in {validation!.ImagesWith[id]} masks of 'val' and in none of 'train'.");
            else if (!trained)
                yield return Of(FaultKinds.EmptyClass, id, "is in no mask of 'train'.");
            else if (validation is not null && !scored)
                yield return Of(FaultKinds.ClassNotScored, id, $"is in {train.ImagesWith[id]} masks of 'train' and in none of 'val'.");
        }

        DataFault Of(FaultKind kind, int id, string detail) => new(kind, $"'{names[id]}' {detail}") { Class = names[id] };

        bool IsAnywhere(int id) => splits.Any(split => split.Pixels[id] > 0);
    }

    private static IEnumerable<DataFault> SharedColors(ClassTable classes)
    {
        if (classes.IsPublished)
            yield break;        // ADE20K's own palette has a pair
        var labels = classes.Labels;
        foreach (var group in Enumerable.Range(0, labels.Count).GroupBy(id => labels.Colors[id]).Where(group => group.Count() > 1))
        {
            var names = string.Join(" and ", group.Select(id => $"'{labels.Names[id]}'"));
            yield return new(FaultKinds.SharedColor, $"The classes {names} have the colour [{group.Key.R}, {group.Key.G}, {group.Key.B}].")
            { Class = labels.Names[group.First()] };
        }
    }
}

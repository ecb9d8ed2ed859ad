using Seg.Train.Datasets;

namespace Seg.Train.Checks;

/// <summary>Finds out why masks hold other values than the class list has: seldom is each wrong by itself.</summary>
internal sealed class ValueCheck
{
    private readonly ClassTable classes;
    private readonly IReadOnlyList<SampleFacts> samples;
    private readonly long[] counts = new long[256];
    private readonly int[] used, unknown;

    private ValueCheck(ClassTable classes, IReadOnlyList<SampleFacts> samples)
    {
        (this.classes, this.samples) = (classes, samples);
        foreach (var sample in samples)
        {
            for (var value = 0; value < 256; value++)
                counts[value] += sample.Values![value];
        }
        used = [.. Enumerable.Range(0, 256).Where(value => counts[value] > 0 && !classes.IgnoreValues.Contains(value))];
        unknown = [.. used.Except(classes.Ids)];
    }

    /// <summary>The faults of the mask values of all samples together.</summary>
    public static IReadOnlyList<DataFault> Find(ClassTable classes, IEnumerable<SampleFacts> samples)
    {
        var withValues = samples.Where(sample => sample.Values is not null).ToArray();
        if (withValues.Length == 0)
            return [];
        ValueCheck check = new(classes, withValues);
        if (check.unknown.Length == 0)
            return check.Ignored() is { } ignored ? [ignored] : [];
        var explained = check.Stretched() ?? check.Shifted() ?? check.ShortList();
        return explained is null ? [.. check.unknown.Select(check.Unknown)] : [explained];
    }

    /// <summary>Ids that were multiplied, such as 0, 127, 254 for three classes.</summary>
    private DataFault? Stretched()
    {
        var factor = used.Where(value => value > 0).Aggregate(0, CommonDivisor);
        if (factor < 2 || !IsNumbered(0) || used.Any(value => value / factor >= classes.Ids.Count))
            return null;
        var ids = Enumerable.Range(0, classes.Ids.Count).Select(id => id * factor).ToArray();
        return ids[^1] > 255 ? null : Fault(FaultKinds.StretchedIds, unknown[0], $"The masks hold {List(used)} for {classes.Ids.Count} classes: " +
            $"multiples of {factor}. The ids would be data.class_ids=[{List(ids)}].");
    }

    /// <summary>Ids 1 … N for classes 0 … N − 1, or the other way round.</summary>
    private DataFault? Shifted()
    {
        int least = classes.Ids.Min(), greatest = classes.Ids.Max();
        if (unknown.Length != 1 || !IsNumbered(least))
            return null;
        var up = unknown[0] == greatest + 1 && counts[least] == 0;
        var down = unknown[0] == least - 1 && counts[greatest] == 0;
        if (!up && !down)
            return null;
        var shift = up ? 1 : -1;
        return Fault(FaultKinds.OffByOne, unknown[0], $"The masks hold {used[0]} to {used[^1]}, but the class list has the ids {least} to {greatest}. " +
            $"The ids would be data.class_ids=[{List([.. classes.Ids.Select(id => id + shift)])}].");
    }

    /// <summary>Ids that go on where the list ends.</summary>
    private DataFault? ShortList()
    {
        var greatest = classes.Ids.Max();
        return unknown.Select((value, index) => value == greatest + 1 + index).All(follows => follows)
            ? Fault(FaultKinds.ClassListShort, unknown[0], $"The masks hold ids up to {unknown[^1]}, but the class list ends with {greatest} " +
                $"('{classes.Labels.Names[classes.Ids.ToList().IndexOf(greatest)]}'): {unknown.Length} classes are missing.")
            : null;
    }

    /// <summary>Masks of 0 and 255 alone, where 255 is ignored and two classes are asked for.</summary>
    private DataFault? Ignored()
    {
        var ignored = Enumerable.Range(0, 256).Where(value => counts[value] > 0 && classes.IgnoreValues.Contains(value)).ToArray();
        var masks = samples.Count(sample => ignored.Length == 1 && sample.Values![ignored[0]] > 0);
        if (used.Length != 1 || ignored.Length != 1 || classes.Ids.Count < 2 || 2 * masks < samples.Count)
            return null;
        var share = (double)counts[ignored[0]] / (counts[ignored[0]] + counts[used[0]]);
        return share < 0.001 ? null : Fault(FaultKinds.IgnoredClass, ignored[0], FormattableString.Invariant(
            $"The masks hold {used[0]} and {ignored[0]} alone, and {ignored[0]}, {100 * share:0.#} % of the pixels, is ignored. The ids would be ") +
            (classes.Ids.Count == 2 ? $"data.class_ids=[{List([used[0], ignored[0]])}] with data.ignore_values=[]." : "others than the class list's."));
    }

    private DataFault Unknown(int value)
    {
        var (sample, files) = First(value);
        var (x, y) = sample.FirstPlaces[value];
        return Fault(FaultKinds.UnknownValue, value, $"'{sample.Paths.Mask}' holds the value {value} at column {x}, row {y}, which is no class" +
            (files > 1 ? $"; {files - 1} more masks hold it." : "."));
    }

    private DataFault Fault(FaultKind kind, int value, string detail)
    {
        var (sample, files) = First(value);
        return new(kind, detail) { File = sample.Paths.Mask, Files = files, Class = $"{value}" };
    }

    private (SampleFacts Sample, int Files) First(int value)
    {
        var holders = samples.Where(sample => sample.Values![value] > 0).ToArray();
        return (holders[0], holders.Length);
    }

    /// <summary>Whether the ids are first, first + 1, first + 2, …</summary>
    private bool IsNumbered(int first) => classes.Ids.Select((id, index) => id == first + index).All(follows => follows);

    /// <summary>Euclid's; of 0 and another number, that number.</summary>
    private static int CommonDivisor(int first, int second) => second == 0 ? first : CommonDivisor(second, first % second);

    private static string List(IReadOnlyList<int> values) => string.Join(", ", values);
}

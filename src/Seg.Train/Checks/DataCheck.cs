using Seg.Models;
using Seg.Train.Datasets;
using Seg.Train.Transforms;

namespace Seg.Train.Checks;

/// <summary>Looks through a data set for everything that is known to spoil a training. What <c>seg data check</c> does.</summary>
public static class DataCheck
{
    /// <summary>Samples of each split that a quick check looks at, spread evenly over it.</summary>
    private const int QuickSamples = 24;

    /// <param name="progress">Told how many of the samples are done, after each.</param>
    /// <exception cref="InputException">The root is missing or the classes are not known, so that nothing can be checked.</exception>
    public static DataReport Run(
        SegmentationDataConfig config, DataCheckOptions options, Action<int, int>? progress = null, CancellationToken cancellation = default)
    {
        if (!Directory.Exists(config.Root))
            throw new InputException($"There is no folder '{config.Root}', which data.root names; set it, or give --data DIR.");
        var layout = DataLayout.Of(config.Format);
        var classes = layout.Classes(config);
        var splits = options.Splits.Select(split => Open(config, layout, classes, split)).ToArray();
        var inspected = Inspect(splits, classes, options, progress, cancellation);
        var reports = splits.Zip(inspected, (split, facts) => Summary(split, facts, classes.Labels.Count)).ToArray();

        List<DataFault> faults = [.. splits.SelectMany(split => split.Listing.Faults.Select(fault => fault with { Split = split.Name }))];
        foreach (var (split, facts) in splits.Zip(inspected))
            faults.AddRange(facts.SelectMany(sample => sample.Faults).Select(fault => fault with { Split = split.Name }));
        var valueFaults = ValueCheck.Find(classes, inspected.SelectMany(facts => facts));
        faults.AddRange(valueFaults);
        faults.AddRange(ClassCheck.Find(classes, reports, options, areValuesRight: valueFaults.Count == 0));
        faults.AddRange(CopyCheck.Find([.. splits.Where(split => split.Masks is not null)], options.Depth, cancellation));
        faults.AddRange(ImageFaults(config, options, splits, inspected));
        return new DataReport { Labels = classes.Labels, Splits = reports, Faults = Sorted(faults) };
    }

    private static OpenSplit Open(SegmentationDataConfig config, DataLayout layout, ClassTable classes, string name)
    {
        var listing = layout.List(config, name);
        return new OpenSplit(name, listing, listing.Samples.Count > 0 ? layout.MaskReader(config, name, classes) : null);
    }

    private static SampleFacts[][] Inspect(
        OpenSplit[] splits, ClassTable classes, DataCheckOptions options, Action<int, int>? progress, CancellationToken cancellation)
    {
        var work = splits
            .SelectMany((split, number) => Chosen(split.Listing.Samples.Count, options.Depth).Select(index => (Number: number, Index: index)))
            .ToArray();
        var facts = new SampleFacts[work.Length];
        var done = 0;
        object gate = new();
        var checks = splits.Select(split => split.Masks is null ? null : new SampleCheck(classes, split.Masks)).ToArray();
        ParallelOptions parallel = new()
        {
            MaxDegreeOfParallelism = options.Threads > 0 ? options.Threads : Environment.ProcessorCount,
            CancellationToken = cancellation,
        };
        Parallel.For(0, work.Length, parallel, position =>
        {
            var (number, index) = work[position];
            facts[position] = checks[number]!.Inspect(splits[number].Listing.Samples[index]);
            lock (gate)
                progress?.Invoke(++done, work.Length);
        });
        return [.. splits.Select((_, number) => facts.Where((_, position) => work[position].Number == number).ToArray())];
    }

    private static IEnumerable<int> Chosen(int count, CheckDepth depth)
    {
        var chosen = depth switch { CheckDepth.Full => count, CheckDepth.Quick => Math.Min(count, QuickSamples), _ => 0 };
        return Enumerable.Range(0, chosen).Select(number => (int)((long)number * count / chosen));
    }

    private static SplitReport Summary(OpenSplit split, SampleFacts[] facts, int classes)
    {
        var labelled = facts.Where(sample => sample.Pixels is not null).ToArray();
        return new SplitReport
        {
            Name = split.Name,
            Images = split.Listing.Samples.Count,
            Checked = facts.Length,
            Sizes =
            [
                .. facts.Where(sample => sample.Width > 0).GroupBy(sample => (sample.Width, sample.Height))
                    .Select(group => (group.Key.Width, group.Key.Height, group.Count()))
                    .OrderByDescending(size => size.Item3).ThenByDescending(size => size.Width),
            ],
            Pixels = [.. Enumerable.Range(0, classes).Select(id => labelled.Sum(sample => sample.Pixels![id]))],
            ImagesWith = [.. Enumerable.Range(0, classes).Select(id => labelled.Count(sample => sample.Pixels![id] > 0))],
            IgnoredPixels = facts.Sum(sample => sample.IgnoredPixels),
        };
    }

    /// <summary>Images as the training would meet them: too small, too few, some gray.</summary>
    private static IEnumerable<DataFault> ImageFaults(
        SegmentationDataConfig config, DataCheckOptions options, OpenSplit[] splits, SampleFacts[][] inspected)
    {
        var train = Array.FindIndex(splits, split => split.Name == "train");
        if (train >= 0 && options.BatchSize is { } batch && splits[train].Listing.Samples.Count is > 0 and var count && count < batch)
        {
            yield return new(FaultKinds.FewImages, $"There are {count} training images, but train.batch_size is {batch}.")
            { Split = "train" };
        }
        if (train >= 0)
        {
            var augmentation = config.Augmentation;
            foreach (var small in inspected[train].Where(IsSmall))
            {
                yield return new(FaultKinds.SmallImage, $"'{small.Paths.Image}' is {small.Width} x {small.Height} pixels, too small at any " +
                    $"scale for a crop of {augmentation.CropSize[1]} x {augmentation.CropSize[0]}.")
                { File = small.Paths.Image, Split = "train" };
            }
        }
        var all = inspected.SelectMany((facts, number) => facts.Select(sample => (Sample: sample, splits[number].Name))).ToArray();
        if (all.Any(item => item.Sample.IsGray == false))
        {
            foreach (var (gray, split) in all.Where(item => item.Sample.IsGray == true))
            {
                yield return new(FaultKinds.GrayImage, $"'{gray.Paths.Image}' is gray, but others have colours.")
                { File = gray.Paths.Image, Split = split };
            }
        }

        bool IsSmall(SampleFacts facts) => facts.Width > 0 && CropPlan.IsAlwaysPadded(config.Augmentation, facts.Width, facts.Height);
    }

    /// <summary>Errors first and each by itself; the warnings of a kind in one, which names the first file.</summary>
    private static DataFault[] Sorted(IEnumerable<DataFault> faults)
    {
        var order = FaultKinds.All.Select((kind, place) => (kind, place)).ToDictionary(item => item.kind, item => item.place);
        var joined = faults.DistinctBy(fault => (fault.Kind, fault.Detail))
            .GroupBy(fault => IsJoined(fault) ? (fault.Kind, fault.Split) : (object)fault)
            .Select(group => group.First() with { Files = group.Sum(fault => fault.Files) });
        return [.. joined.OrderByDescending(fault => fault.Kind.Severity).ThenBy(fault => order[fault.Kind])];

        static bool IsJoined(DataFault fault) => fault.Kind.Severity == FaultSeverity.Warning && fault.Class is null;
    }
}

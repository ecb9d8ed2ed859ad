using Seg.Train.Datasets;
using Seg.Train.Transforms;

namespace Seg.Train.Checks;

/// <summary>Checks images with masks.</summary>
internal static class SegmentationCheck
{
    /// <exception cref="Models.InputException">The classes are not known, so that nothing can be checked.</exception>
    public static SegmentationReport Run(
        SegmentationDataConfig config, DataCheckOptions options, Action<int, int>? progress, CancellationToken cancellation)
    {
        var layout = DataLayout.Of(config.Format);
        var classes = layout.Classes(config);
        var splits = options.Splits.Select(split => Open(config, layout, classes, split)).ToArray();
        var checks = splits.Select(split => split.Masks is null ? null : new SampleCheck(classes, split.Masks)).ToArray();
        var inspected = CheckWork.Inspect(
            [.. splits.Select(split => split.Listing.Samples.Count)],
            (split, index) => checks[split]!.Inspect(splits[split].Listing.Samples[index]), options, progress, cancellation);
        var reports = splits.Zip(inspected, (split, facts) => Summary(split, facts, classes.Labels.Count)).ToArray();

        List<DataFault> faults = [.. splits.SelectMany(split => split.Listing.Faults.Select(fault => fault with { Split = split.Name }))];
        foreach (var (split, facts) in splits.Zip(inspected))
            faults.AddRange(facts.SelectMany(sample => sample.Faults).Select(fault => fault with { Split = split.Name }));
        var valueFaults = ValueCheck.Find(classes, inspected.SelectMany(facts => facts));
        faults.AddRange(valueFaults);
        faults.AddRange(ClassCheck.Find(classes, reports, options, areValuesRight: valueFaults.Count == 0));
        faults.AddRange(CopyCheck.Find([.. splits.Where(split => split.Masks is not null)], options.Depth, cancellation));
        faults.AddRange(ImageFaults(config, options, splits, inspected));
        faults.AddRange(ImageCheck.FindGray(splits.Zip(inspected, (split, facts) => (split.Name, facts))));
        return new SegmentationReport { Labels = classes.Labels, Splits = reports, Faults = DataCheck.Sorted(faults) };
    }

    private static OpenSplit Open(SegmentationDataConfig config, DataLayout layout, ClassTable classes, string name)
    {
        var listing = ImageList.Narrow(layout.List(config, name), config, name);
        return new OpenSplit(name, listing, listing.Samples.Count > 0 ? layout.MaskReader(config, name, classes) : null);
    }

    private static SplitReport Summary(OpenSplit split, SampleFacts[] facts, int classes)
    {
        var labelled = facts.Where(sample => sample.Pixels is not null).ToArray();
        return new SplitReport
        {
            Name = split.Name,
            Images = split.Listing.Samples.Count,
            Checked = facts.Length,
            Sizes = ImageCheck.Sizes(facts),
            Pixels = [.. Enumerable.Range(0, classes).Select(id => labelled.Sum(sample => sample.Pixels![id]))],
            ImagesWith = [.. Enumerable.Range(0, classes).Select(id => labelled.Count(sample => sample.Pixels![id] > 0))],
            IgnoredPixels = facts.Sum(sample => sample.IgnoredPixels),
        };
    }

    /// <summary>Images as the training would meet them: too small, too few.</summary>
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

        bool IsSmall(SampleFacts facts) => facts.Width > 0 && CropPlan.IsAlwaysPadded(config.Augmentation, facts.Width, facts.Height);
    }
}

using Seg.Models;
using Seg.Train.Datasets;
using Seg.Train.Datasets.Keypoints;

namespace Seg.Train.Checks;

/// <summary>Looks through a data set for everything that is known to spoil a training. What <c>seg data check</c> does.</summary>
public static class DataCheck
{
    /// <param name="progress">Told how many of the images are done, after each.</param>
    /// <exception cref="InputException">The root is missing, or the classes or keypoints are not known, so that nothing can be checked.</exception>
    public static DataReport Run(
        DataConfig config, DataCheckOptions options, Action<int, int>? progress = null, CancellationToken cancellation = default)
    {
        if (!Directory.Exists(config.Root))
            throw new InputException($"There is no folder '{config.Root}', which data.root names; set it, or give --data DIR.");
        return config switch
        {
            SegmentationDataConfig masks => SegmentationCheck.Run(masks, options, progress, cancellation),
            PoseDataConfig people => PoseCheck.Run(people, options, progress, cancellation),
            _ => throw new ArgumentException($"No check is known for a {config.GetType().Name}.", nameof(config)),
        };
    }

    /// <summary>Errors first and each by itself; the warnings of a kind in one, which names the first file.</summary>
    internal static DataFault[] Sorted(IEnumerable<DataFault> faults)
    {
        var order = FaultKinds.All.Select((kind, place) => (kind, place)).ToDictionary(item => item.kind, item => item.place);
        var joined = faults.DistinctBy(fault => (fault.Kind, fault.Detail))
            .GroupBy(fault => IsJoined(fault) ? (fault.Kind, fault.Split) : (object)fault)
            .Select(group => group.First() with { Files = group.Sum(fault => fault.Files) });
        return [.. joined.OrderByDescending(fault => fault.Kind.Severity).ThenBy(fault => order[fault.Kind])];

        static bool IsJoined(DataFault fault) => fault.Kind.Severity == FaultSeverity.Warning && fault.Class is null;
    }
}

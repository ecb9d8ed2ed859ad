using Seg.Models;
using Seg.Train.Checks;

namespace Seg.Train.Datasets;

/// <summary>The files of a split as their names alone tell them: nothing is decoded yet.</summary>
/// <param name="Samples">Images with their masks, in the order in which they are numbered.</param>
/// <param name="Faults">What keeps the split from being used, or is odd about it.</param>
internal sealed record SplitListing(IReadOnlyList<SamplePaths> Samples, IReadOnlyList<DataFault> Faults)
{
    /// <exception cref="InputException">A fault is an error: the first one, with how many more of its kind there are.</exception>
    public void RequireUsable()
    {
        var errors = Faults.Where(fault => fault.Kind.Severity == FaultSeverity.Error).ToArray();
        if (errors.Length == 0)
            return;
        var more = errors.Count(fault => fault.Kind == errors[0].Kind) - 1;
        throw new InputException(errors[0].Message + (more > 0 ? $" {more} more have the same fault; 'seg data check' lists them." : ""));
    }
}

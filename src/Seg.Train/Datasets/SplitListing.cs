using Seg.Models;
using Seg.Train.Checks;

namespace Seg.Train.Datasets;

/// <summary>The files of a split as their names alone tell them: nothing is decoded yet.</summary>
/// <param name="Samples">Images with their masks, in the order in which they are numbered.</param>
/// <param name="Faults">What keeps the split from being used, or is odd about it.</param>
internal sealed record SplitListing(IReadOnlyList<SamplePaths> Samples, IReadOnlyList<DataFault> Faults)
{
    /// <exception cref="InputException">A fault is an error: the first one, with how many more of its kind there are.</exception>
    public void RequireUsable() => UsableData.Require(Faults);
}

using Seg.Train.Datasets;

namespace Seg.Train.Checks;

/// <summary>A split whose files are listed.</summary>
/// <param name="Masks">What reads its masks; null where it has no samples.</param>
internal sealed record OpenSplit(string Name, SplitListing Listing, IMaskReader? Masks);

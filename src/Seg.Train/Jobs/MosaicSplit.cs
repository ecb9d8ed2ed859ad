namespace Seg.Train.Jobs;

/// <summary>What <see cref="MosaicJob"/> has made of a split.</summary>
/// <param name="People">With keypoints.</param>
public sealed record MosaicSplit(string Split, int Pictures, int People);

namespace Seg.Train.Charts;

/// <summary>One line of a chart. Points that are not numbers leave a gap.</summary>
/// <param name="Name">As it stands in the legend.</param>
/// <param name="Points">By rising x.</param>
public sealed record Series(string Name, IReadOnlyList<(double X, double Y)> Points);

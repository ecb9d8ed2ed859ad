namespace Seg.Train.Charts;

/// <summary>What a chart of lines shows.</summary>
/// <param name="Title">Above the chart.</param>
/// <param name="XLabel">Below the x axis.</param>
/// <param name="YLabel">Beside the y axis.</param>
/// <param name="Series">The lines, in the legend's order; a chart without points has axes from 0 to 1.</param>
public sealed record LineChart(string Title, string XLabel, string YLabel, IReadOnlyList<Series> Series);

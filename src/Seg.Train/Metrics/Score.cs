namespace Seg.Train.Metrics;

/// <summary>A number that a network was measured by.</summary>
/// <param name="Value">Not a number where there was nothing to score.</param>
/// <param name="IsHeadline">Whether it stands in the line that is shown of a validation, and among the curves.</param>
public sealed record Score(ScoreKind Kind, double Value, bool IsHeadline = true);

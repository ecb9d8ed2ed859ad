namespace Seg.Train.Metrics;

/// <summary>One number for each of the things that a network tells apart: each class, each keypoint.</summary>
/// <param name="Key">
/// In <c>metrics.jsonl</c>: <c>class_iou</c>, <c>joint_pck</c>. What follows the first underscore is the tag in TensorBoard: <c>val/iou/NAME</c>.
/// </param>
/// <param name="Values">By name, in order; not a number where there was nothing to score.</param>
public sealed record PartScores(string Key, IReadOnlyList<KeyValuePair<string, double>> Values);

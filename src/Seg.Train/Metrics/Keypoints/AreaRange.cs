namespace Seg.Train.Metrics.Keypoints;

/// <summary>Persons of a size, scored apart; both bounds, in pixels², belong to it.</summary>
public readonly record struct AreaRange(string Name, double Least, double Most)
{
    /// <summary>Those of COCO's keypoint evaluation; there is no "small", as small persons have no keypoints in COCO.</summary>
    public static IReadOnlyList<AreaRange> Coco { get; } = [new("all", 0, 1e10), new("medium", 32 * 32, 96 * 96), new("large", 96 * 96, 1e10)];

    public bool Holds(double area) => area >= Least && area <= Most;
}

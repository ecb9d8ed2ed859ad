using System.Text.Json.Nodes;
using Seg.Models;
using Seg.Train.Datasets.Keypoints;

namespace Seg.Train.Metrics.Keypoints;

/// <summary>Scores of the distances between predicted and true keypoints, person by person.</summary>
/// <remarks>
/// PCK (Yang and Ramanan, TPAMI 2013) counts in units of the torso, from the left shoulder to the right hip, or from the right one to the left
/// where one of those is not labelled; of the box's longer side where the keypoints have no shoulders and hips. PCKh (Andriluka et al., CVPR 2014)
/// counts in units of the head: here the annotated distance of the neck from the top of the head, for which the official evaluation has 0.6 times
/// the diagonal of a box around the head that only its own annotations (<c>gt_valid.mat</c>) hold. People whose size is not labelled do not count
/// in either.
/// </remarks>
public sealed record DistanceScores
{
    /// <summary>Of <see cref="Pck"/>, in units of the person's size.</summary>
    public const double Threshold = 0.2;

    /// <summary>Of <see cref="Pckh"/>, in units of the head.</summary>
    public const double HeadThreshold = 0.5;

    private const double AucPixels = 30;

    private static readonly ScoreKind
        PckKind = new("pck", "PCK@0.2"), AucKind = new("auc", "AUC"), EpeKind = new("epe", "EPE", HigherIsBetter: false);

    /// <summary>What decides where heads do.</summary>
    internal static ScoreKind PckhKind { get; } = new("pckh", "PCKh@0.5");

    /// <summary>Share of the labelled keypoints within a fifth of the person's size, 0–1.</summary>
    public required PckScore Pck { get; init; }

    /// <summary>What a person's size is: "torso" or "box".</summary>
    public required string Size { get; init; }

    /// <summary>
    /// Share of the labelled keypoints within half of the head's size, 0–1; null where the keypoints have no neck and top of the head.
    /// </summary>
    public PckScore? Pckh { get; init; }

    /// <summary>Area under the curve of the PCK of 30 image pixels over its threshold, 0–1 in steps of 0.05, as in mmpose.</summary>
    public required double Auc { get; init; }

    /// <summary>Mean distance in image pixels.</summary>
    public required double Epe { get; init; }

    /// <summary><c>pck</c>, <c>pckh</c> where there is one, <c>auc</c> and <c>epe</c>.</summary>
    public IReadOnlyList<Score> All =>
    [
        new(PckKind, Pck.Mean),
        .. Pckh is null ? Array.Empty<Score>() : [new(PckhKind, Pckh.Mean)],
        new(AucKind, Auc, IsHeadline: false),
        new(EpeKind, Epe, IsHeadline: false),
    ];

    /// <param name="errors">Of some people.</param>
    /// <param name="people">These, one for one.</param>
    internal static DistanceScores Of(KeypointSet keypoints, KeypointErrors errors, IReadOnlyList<PersonAnnotation> people)
    {
        var (torso, other) = (Segment(keypoints, "left_shoulder", "right_hip"), Segment(keypoints, "right_shoulder", "left_hip"));
        var head = Segment(keypoints, "upper_neck", "head_top") ?? Segment(keypoints, "neck", "head_top");
        return new()
        {
            Pck = errors.Pck([.. people.Select(Size)], Threshold),
            Size = torso is null ? "box" : "torso",
            Pckh = head is { } segment
                ? errors.Pck([.. people.Select(person => SizeOf(person, segment, null))], HeadThreshold, PckBound.Inclusive)
                : null,
            Auc = errors.Auc(AucPixels),
            Epe = errors.Epe(),
        };

        PixelScale Size(PersonAnnotation person) => torso is { } ends ? SizeOf(person, ends, other) : PixelScale.OfBox(person.Box);
    }

    /// <summary>
    /// pck, pck_threshold, pck_size ("torso" or "box"), pck_per_keypoint and labelled_per_keypoint (by name), pckh (null where the keypoints have
    /// no head), auc, epe (image pixels).
    /// </summary>
    public JsonObject ToJsonObject(KeypointSet keypoints) => new()
    {
        ["pck"] = SegmentationScores.Number(Pck.Mean),
        ["pck_threshold"] = Threshold,
        ["pck_size"] = Size,
        ["pck_per_keypoint"] = PoseScores.ByName(keypoints, Pck.PerKeypoint),
        ["labelled_per_keypoint"] = new JsonObject(keypoints.Names.Zip(Pck.Labelled, (name, count) => KeyValuePair.Create(name, (JsonNode?)count))),
        ["pckh"] = Pckh is null ? null : SegmentationScores.Number(Pckh.Mean),
        ["auc"] = SegmentationScores.Number(Auc),
        ["epe"] = SegmentationScores.Number(Epe),
    };

    private static (int First, int Second)? Segment(KeypointSet keypoints, string first, string second)
    {
        var ends = (Array.IndexOf(keypoints.Names, first), Array.IndexOf(keypoints.Names, second));
        return ends is ( >= 0, >= 0) ? ends : null;
    }

    /// <summary>The length of a segment, or of another where an end of the first is not labelled.</summary>
    private static PixelScale SizeOf(PersonAnnotation person, (int First, int Second) segment, (int First, int Second)? other)
    {
        var (first, second) = (person.Keypoints[segment.First], person.Keypoints[segment.Second]);
        return first.IsLabelled && second.IsLabelled || other is not { } ends
            ? PixelScale.OfSegment(first, second)
            : PixelScale.OfSegment(person.Keypoints[ends.First], person.Keypoints[ends.Second]);
    }
}

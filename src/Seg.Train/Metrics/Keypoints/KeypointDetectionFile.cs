using Seg.Models;
using Seg.Predict.Pose;

namespace Seg.Train.Metrics.Keypoints;

/// <summary>Reads detected persons in COCO's results form: [{ "image_id", "category_id", "keypoints": [x, y, score, …], "score" }, …].</summary>
/// <remarks>
/// As in <c>COCO.loadRes</c>, the area of a detection is that of its "bbox" where the first one has a box, else the extent of its keypoints. Where that
/// function fails, at detections of images that the truth does not have, and at an empty list, the former are left out with a warning, and the latter
/// finds nobody.
/// </remarks>
public static class KeypointDetectionFile
{
    private const string Kind = "a list of COCO keypoint results";

    /// <param name="path">The file: a list, or an object that holds it as "annotations".</param>
    /// <param name="truth">Whose images, categories and keypoints these are.</param>
    /// <returns>The detections that can be scored, in the order of the file, and what is odd about the others.</returns>
    /// <exception cref="InputException">The file is missing or of another form, a detection does not fit, or none belongs to the truth.</exception>
    public static (IReadOnlyList<DetectedPerson> Detections, IReadOnlyList<string> Warnings) Read(string path, KeypointTruth truth)
    {
        var entries = KeypointJson.IsList(path)
            ? KeypointJson.Read<Entry[]>(path, Kind)
            : KeypointJson.Read<Content>(path, Kind).Annotations ?? throw new InputException($"'{path}' is not {Kind}: it is an object without 'annotations'.");
        CountedWarnings warnings = new();
        var hasBoxes = entries is [{ Bbox.Length: > 0 }, ..];
        List<DetectedPerson> detections = new(entries.Length);
        for (var index = 0; index < entries.Length; index++)
        {
            var detection = Convert(entries[index] ?? throw new InputException($"Detection {index} of '{path}' is null."), $"Detection {index} of '{path}'", truth, hasBoxes);
            if (!truth.Images.Contains(detection.ImageId))
                warnings.Add($"detections of '{path}' are of images that the truth does not have and were left out", $"image {detection.ImageId}");
            else if (!truth.Categories.Contains(detection.CategoryId))
                warnings.Add($"detections of '{path}' are of categories that the truth does not have and were left out", $"category {detection.CategoryId}");
            else
                detections.Add(detection);
        }
        if (entries.Length > 0 && detections.Count == 0)
            throw new InputException($"No detection of '{path}' belongs to the truth: {warnings.Lines[0]}. Is it the truth of the same images?");
        return (detections, entries.Length == 0 ? [$"'{path}' holds no detections"] : warnings.Lines);
    }

    private static DetectedPerson Convert(Entry entry, string name, KeypointTruth truth, bool hasBoxes)
    {
        var numbers = truth.KeypointNames.Count * Oks.Stride;
        if (entry.Keypoints is not { } joints)
            throw new InputException($"{name} has no 'keypoints'; {Kind} is needed.");
        if (joints.Length != numbers)
        {
            throw new InputException(
                $"{name} has {joints.Length} numbers in 'keypoints', but the {truth.KeypointNames.Count} keypoints of the truth need {numbers}: x, y and score of each.");
        }
        if (entry.Score is not { } score)
            throw new InputException($"{name} has no 'score', by which detections are ranked.");
        if (!double.IsFinite(score) || !joints.All(double.IsFinite))
            throw new InputException($"{name} has a score or a keypoint that is no finite number.");
        if (hasBoxes && entry.Bbox is { Length: not (0 or 4) } box)
            throw new InputException($"{name} has {box.Length} numbers in 'bbox'; x, y, width and height are needed.");
        return new DetectedPerson
        {
            ImageId = entry.ImageId ?? throw new InputException($"{name} has no 'image_id'."),
            CategoryId = entry.CategoryId ?? (truth.Categories.Count == 1
                ? truth.Categories.First()
                : throw new InputException($"{name} has no 'category_id', and the truth has {truth.Categories.Count} categories.")),
            Keypoints = joints,
            Score = score,
            Area = hasBoxes && entry.Bbox is [_, _, var width, var height] ? width * height : null,
        };
    }

    private sealed record Content(Entry[]? Annotations);

    private sealed record Entry(long? ImageId, long? CategoryId, double[]? Keypoints, double? Score, double[]? Bbox);
}

using Seg.Models;
using Seg.Train.Checks;

namespace Seg.Train.Datasets.Keypoints;

/// <summary>Reads keypoints and box of a COCO annotation, and tells what is wrong with them.</summary>
/// <param name="path">The file of annotations, for messages.</param>
/// <param name="keypoints">Which the annotations should have.</param>
/// <param name="faults">Receives the faults.</param>
internal sealed class CocoPersonReader(string path, KeypointSet keypoints, List<DataFault> faults)
{
    /// <summary>People without any labelled keypoint so far.</summary>
    public int Unlabelled { get; private set; }

    /// <summary>The keypoints in image pixels; null where none is labelled, or they are faulty.</summary>
    public LabelledKeypoint[]? Points(CocoPerson annotation, long id)
    {
        if (annotation.Keypoints is not { Length: > 0 } numbers)
        {
            Unlabelled++;
            return null;
        }
        if (numbers.Length != 3 * keypoints.Count)
        {
            Tell(KeypointFaultKinds.KeypointCount, id, $"has {numbers.Length} numbers for its keypoints, but the {keypoints.Count} of " +
                $"data.keypoints need {3 * keypoints.Count}: x, y and visibility of each");
            return null;
        }
        if (!numbers.Concat(annotation.Bbox ?? []).Append(annotation.Area ?? 0).All(double.IsFinite))
        {
            Tell(KeypointFaultKinds.NonFiniteNumber, id, "has a keypoint, box or area that is no finite number");
            return null;
        }
        for (var i = 0; i < keypoints.Count; i++)
        {
            if (numbers[3 * i + 2] is not (0 or 1 or 2))
            {
                Tell(KeypointFaultKinds.BadVisibility, id,
                    FormattableString.Invariant($"gives '{keypoints.Names[i]}' the visibility {numbers[3 * i + 2]}"));
                return null;
            }
        }
        LabelledKeypoint[] points = [.. Enumerable.Range(0, keypoints.Count).Select(i =>
            new LabelledKeypoint((float)numbers[3 * i], (float)numbers[3 * i + 1], (int)numbers[3 * i + 2]))];
        var labelled = points.Count(point => point.IsLabelled);
        if (annotation.NumKeypoints is { } said && said != labelled)
            Tell(KeypointFaultKinds.LabelledCount, id, $"says num_keypoints: {said}, but {labelled} of its keypoints are labelled");
        Unlabelled += labelled == 0 ? 1 : 0;
        return labelled == 0 ? null : points;
    }

    /// <summary>
    /// The box, clipped as in the official code, which takes the pixel at its far corner to be the last one inside; null where nothing is left of it.
    /// </summary>
    /// <param name="size">Of the image; null where it is not known, and nothing is clipped.</param>
    public PersonBox? Box(CocoPerson annotation, long id, (int Width, int Height)? size)
    {
        if (annotation.Bbox is not [var x, var y, var width, var height])
        {
            Tell(KeypointFaultKinds.EmptyBox, id, "has no bbox of four numbers");
            return null;
        }
        if (!(width > 0 && height > 0) || annotation.Area is <= 0)
        {
            Tell(KeypointFaultKinds.EmptyBox, id, FormattableString.Invariant(
                $"has a box of {width:0.##} x {height:0.##} pixels and the area {annotation.Area ?? width * height:0.##}"));
            return null;
        }
        if (size is not var (imageWidth, imageHeight))
            return new((float)x, (float)y, (float)width, (float)height);
        var (left, top) = (Math.Max(0, x), Math.Max(0, y));
        var right = Math.Min(imageWidth - 1, left + Math.Max(0, width - 1));
        var bottom = Math.Min(imageHeight - 1, top + Math.Max(0, height - 1));
        if (right <= left || bottom <= top)
        {
            Tell(KeypointFaultKinds.EmptyBox, id, $"has {Place()}, of which nothing lies in the image of {imageWidth} x {imageHeight}");
            return null;
        }
        (int, int) image = (imageWidth, imageHeight);
        if (AnnotationFaults.IsOutside(x, y, image) || AnnotationFaults.IsOutside(x + width, y + height, image))
            Tell(KeypointFaultKinds.BoxOutside, id, $"has {Place()}, which reaches beyond the image of {imageWidth} x {imageHeight}");
        return new((float)left, (float)top, (float)(right - left), (float)(bottom - top));

        string Place() => FormattableString.Invariant($"a box of {width:0.##} x {height:0.##} pixels at ({x:0.##}, {y:0.##})");
    }

    /// <summary>Notes a fault of an annotation.</summary>
    /// <param name="problem">What follows the annotation's name in the sentence.</param>
    public void Tell(FaultKind kind, long id, string problem) =>
        faults.Add(new(kind, $"Annotation {id} of '{path}' {problem}.") { File = path, Annotation = id });
}

using Seg.Models;
using Seg.Train.Checks;

namespace Seg.Train.Datasets.Keypoints;

/// <summary>Reads a detector's boxes in the form of COCO's results: [{ "image_id", "category_id", "bbox": [x, y, width, height], "score" }, …].</summary>
internal static class DetectedPeople
{
    /// <summary>COCO's id of people, the only category that is read where detections say one.</summary>
    private const int Person = 1;

    /// <param name="listing">The annotated people of the split.</param>
    /// <param name="truth">Whose images are meant.</param>
    /// <param name="path">The file of detections.</param>
    /// <param name="leastScore">Detections with a lower score are left out.</param>
    /// <returns>The listing with the detections, and with what is wrong with them.</returns>
    public static PersonListing Add(PersonListing listing, CocoPeople truth, string path, double leastScore)
    {
        List<DataFault> faults = [.. listing.Faults];
        List<(int Image, PersonAnnotation Person)> people = [];
        try
        {
            var detections = KeypointJson.Read<Detection[]>(path, "a list of detections in COCO's results form");
            for (var place = 0; place < detections.Length; place++)
            {
                if (detections[place] is { CategoryId: null or Person } detection
                    && Read(detection, place, truth.Images, path, leastScore, faults) is { } found)
                    people.Add(found);
            }
            if (people.Count == 0)
            {
                faults.Add(new(KeypointFaultKinds.NoPeople,
                    $"None of {detections.Length} detections in '{path}' is of a listed image, of people, and scored high enough.")
                { File = path });
            }
        }
        catch (InputException error)
        {
            faults.Add(new(CocoKeypointLayout.KindOf(path, error), error.Message) { File = path });
        }
        return listing with { Faults = faults, Detections = [.. people.OrderBy(item => item.Image).Select(item => item.Person)] };
    }

    private static (int Image, PersonAnnotation Person)? Read(
        Detection detection, int place, CocoImages images, string path, double leastScore, List<DataFault> faults)
    {
        if (detection is not { Bbox: [var x, var y, var width, var height], Score: { } score } || !double.IsFinite(x + y + width + height + score))
            return Tell(FaultKinds.BadAnnotation, "has no bbox of four finite numbers, or no score");
        if (detection.ImageId is not { } imageId || images.Find(imageId) is not { } image)
        {
            return Tell(KeypointFaultKinds.UnknownDetectionImage,
                $"is of the image {detection.ImageId?.ToString() ?? "null"}, which the annotations do not list");
        }
        if (!(width > 0 && height > 0))
            return Tell(KeypointFaultKinds.EmptyBox, FormattableString.Invariant($"has a box of {width:0.##} x {height:0.##} pixels"));
        if (score < leastScore || !File.Exists(image.Path))
            return null;
        return (image.Place, new PersonAnnotation
        {
            ImagePath = image.Path,
            ImageId = imageId,
            AnnotationId = place,
            Box = new((float)x, (float)y, (float)width, (float)height),
            Keypoints = [],
            Area = width * height,
            ImageSize = image.Size,
            Score = score,
        });

        (int, PersonAnnotation)? Tell(FaultKind kind, string problem)
        {
            faults.Add(new(kind, $"Detection {place} of '{path}' {problem}.") { File = path, Annotation = place });
            return null;
        }
    }

    private sealed record Detection(long? ImageId, long? CategoryId, double[]? Bbox, double? Score);
}

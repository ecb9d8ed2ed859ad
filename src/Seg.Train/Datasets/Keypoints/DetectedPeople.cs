using Seg.Models;
using Seg.Predict.Pose;
using Seg.Train.Checks;

namespace Seg.Train.Datasets.Keypoints;

/// <summary>Puts a detector's boxes in the place of annotated ones.</summary>
internal static class DetectedPeople
{
    /// <param name="listing">The annotated people of the split.</param>
    /// <param name="images">Those that the annotations list.</param>
    /// <param name="path">The file of detections; see <see cref="DetectionFile"/>.</param>
    /// <param name="leastScore">Detections with a lower score are left out.</param>
    /// <returns>The listing with the detections, and with what is wrong with them.</returns>
    public static PersonListing Add(PersonListing listing, CocoImages images, string path, double leastScore)
    {
        try
        {
            var (people, faults) = Read(DetectionFile.Read(path, leastScore), images);
            return listing with { Faults = [.. listing.Faults, .. faults], Detections = people };
        }
        catch (InputException error)
        {
            DataFault fault = new(CocoKeypointLayout.KindOf(path, error), error.Message) { File = path };
            return listing with { Faults = [.. listing.Faults, fault], Detections = [] };
        }
    }

    private static (IReadOnlyList<PersonAnnotation> People, IEnumerable<DataFault> Faults) Read(DetectionFile file, CocoImages images)
    {
        List<DataFault> faults = [.. file.Warnings.Select(warning => new DataFault(KeypointFaultKinds.EmptyBox, $"{warning}.") { File = file.Path })];
        List<(long Id, CocoImages.Entry Image)> known = [];
        foreach (var id in file.ImageIds)
        {
            if (images.Find(id) is { } image)
                known.Add((id, image));
            else
                faults.Add(Unknown(file, id));
        }
        List<PersonAnnotation> people = [];
        foreach (var (id, image) in known.Where(item => File.Exists(item.Image.Path)).OrderBy(item => item.Image.Place))
        {
            foreach (var box in file.Of(id))
                people.Add(PersonOf(box, id, image, people.Count));
        }
        if (people.Count == 0)
            faults.Add(new(KeypointFaultKinds.NoPeople, $"No box in '{file.Path}' is of an image that the annotations list and that is there.") { File = file.Path });
        return (people, faults);
    }

    private static DataFault Unknown(DetectionFile file, long id)
    {
        var count = file.Of(id).Count;
        return new(KeypointFaultKinds.UnknownDetectionImage,
            $"'{file.Path}' has {count} {(count == 1 ? "box" : "boxes")} of the image {id}, which the annotations do not list.")
        { File = file.Path, Files = count };
    }

    private static PersonAnnotation PersonOf(ScoredBox detection, long imageId, CocoImages.Entry image, int number) => new()
    {
        ImagePath = image.Path,
        ImageId = imageId,
        AnnotationId = number,
        Box = detection.Box,
        Keypoints = [],
        Area = detection.Box.Area,
        ImageSize = image.Size,
        Score = detection.Score,
    };
}

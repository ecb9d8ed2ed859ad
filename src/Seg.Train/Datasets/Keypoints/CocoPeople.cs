using Seg.Models;
using Seg.Train.Checks;

namespace Seg.Train.Datasets.Keypoints;

/// <summary>
/// Makes people of a COCO file's annotations, as the official HRNet code does (<c>COCODataset</c>), and tells what is wrong with them.
/// </summary>
/// <remarks>Left out are crowds, people without a labelled keypoint, and those whose box or area has no extent within the image.</remarks>
/// <param name="path">The file of annotations.</param>
/// <param name="folder">Where images lie.</param>
/// <param name="keypoints">Which the annotations should have.</param>
internal sealed class CocoPeople(string path, string folder, KeypointSet keypoints)
{
    private readonly List<DataFault> faults = [];
    private readonly HashSet<long> ids = [];
    private CocoImages images = new([], path, folder, []);
    private readonly List<(long Image, PersonBox Box)> leftOut = [];
    private int crowds;

    /// <summary>Of the file that was read.</summary>
    public CocoImages Images => images;

    /// <param name="wanted"><see cref="PoseDataConfig.Category"/>.</param>
    public PersonListing Read(CocoKeypointFile file, string? wanted)
    {
        images = new CocoImages(file.Images ?? [], path, folder, faults);
        var (category, isUsable) = CocoCategories.Find(file.Categories ?? [], wanted, keypoints, path, faults);
        CocoPersonReader reader = new(path, keypoints, faults);
        List<(int Image, PersonAnnotation Person)> people = [];
        var annotations = file.Annotations ?? [];
        for (var place = 0; place < annotations.Length && isUsable; place++)
        {
            if (annotations[place] is not { } annotation || (category is not null && annotation.CategoryId is not null && annotation.CategoryId != category))
                continue;
            if (Read(reader, annotation, annotation.Id ?? place) is { } found)
                people.Add(found);
            else if (annotation is { ImageId: { } image, Bbox: [var x, var y, var width, var height] })
                leftOut.Add((image, new PersonBox((float)x, (float)y, (float)width, (float)height)));
        }
        if (people.Count == 0 && faults.All(fault => fault.Kind.Severity != FaultSeverity.Error))
        {
            var detail = annotations.Length == 0
                ? $"'{path}' holds no annotations."
                : $"Of {annotations.Length} annotations in '{path}' {crowds} are crowds, {reader.Unlabelled} have no labelled keypoint, and the " +
                    "others have no usable box or another category.";
            faults.Add(new(KeypointFaultKinds.NoPeople, detail) { File = path });
        }
        var sorted = Sorted(people);
        return new PersonListing(sorted, faults)
        {
            Images = images.Count,
            Crowds = crowds,
            Unlabelled = reader.Unlabelled,
            Scenes = Scenes(sorted),
        };
    }

    /// <summary>All images with whoever is in them.</summary>
    private IReadOnlyList<SceneAnnotation> Scenes(IEnumerable<PersonAnnotation> people)
    {
        var byImage = people.ToLookup(person => person.ImageId);
        var unannotated = leftOut.ToLookup(place => place.Image, place => place.Box);
        return
        [
            .. images.All.Select(entry => new SceneAnnotation
            {
                ImagePath = entry.Image.Path,
                ImageId = entry.Id,
                ImageSize = entry.Image.Size,
                People = [.. byImage[entry.Id]],
                Unannotated = [.. unannotated[entry.Id]],
            }),
        ];
    }

    /// <summary>People image by image, in the order in which the file lists images; those whose file is missing are told and left out.</summary>
    private PersonAnnotation[] Sorted(List<(int Image, PersonAnnotation Person)> people)
    {
        List<PersonAnnotation> sorted = new(people.Count);
        foreach (var image in people.OrderBy(item => item.Image).Select(item => item.Person).GroupBy(person => person.ImagePath))
        {
            if (File.Exists(image.Key))
            {
                sorted.AddRange(image);
                continue;
            }
            var first = image.First();
            var annotations = $"{first.AnnotationId}{(image.Count() > 1 ? $" and {image.Count() - 1} more are" : " is")}";
            faults.Add(new(KeypointFaultKinds.AnnotatedImageMissing,
                $"The image {first.ImageId} of '{path}' should be '{image.Key}', which is not there; annotation {annotations} of it.")
            { File = image.Key, Annotation = first.AnnotationId });
        }
        return [.. sorted];
    }

    /// <returns>null where the annotation is left out.</returns>
    private (int Image, PersonAnnotation Person)? Read(CocoPersonReader reader, CocoPerson annotation, long id)
    {
        if (!ids.Add(id))
        {
            reader.Tell(KeypointFaultKinds.DoubledId, id, "has the id of another annotation of the file");
            return null;
        }
        if (annotation.Iscrowd is not (null or 0))
        {
            crowds++;
            return null;
        }
        if (annotation.ImageId is not { } imageId || images.Find(imageId) is not { } image)
        {
            reader.Tell(KeypointFaultKinds.AnnotationWithoutImage, id,
                $"is of the image {annotation.ImageId?.ToString() ?? "null"}, which the file does not list");
            return null;
        }
        if (reader.Points(annotation, id) is not { } points || reader.Box(annotation, id, image.Size) is not { } box)
            return null;
        PersonAnnotation person = new()
        {
            ImagePath = image.Path,
            ImageId = imageId,
            AnnotationId = id,
            Box = box,
            Keypoints = points,
            Area = annotation.Area ?? annotation.Bbox![2] * annotation.Bbox[3],
            ImageSize = image.Size,
        };
        if (image.Size is { } size)
            faults.AddRange(AnnotationFaults.OfPlaces(person, size, keypoints, path));
        return (image.Place, person);
    }
}

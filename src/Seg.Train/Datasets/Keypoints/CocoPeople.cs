using Seg.Models;
using Seg.Train.Checks;

namespace Seg.Train.Datasets.Keypoints;

/// <summary>Makes people of a COCO file's annotations, as the official HRNet code does (<c>COCODataset</c>), and tells what is wrong with them.</summary>
/// <remarks>Left out are crowds, people without a labelled keypoint, and those whose box or area has no extent within the image.</remarks>
/// <param name="path">The file of annotations.</param>
/// <param name="folder">Where images lie.</param>
/// <param name="keypoints">Which the annotations should have.</param>
internal sealed class CocoPeople(string path, string folder, KeypointSet keypoints)
{
    private readonly List<DataFault> faults = [];
    private readonly HashSet<long> ids = [];
    private CocoImages images = new([], path, folder, []);
    private int crowds, unlabelled;

    /// <summary>Of the file that was read.</summary>
    public CocoImages Images => images;

    /// <param name="wanted"><see cref="PoseDataConfig.Category"/>.</param>
    public PersonListing Read(CocoKeypointFile file, string? wanted)
    {
        images = new CocoImages(file.Images ?? [], path, folder, faults);
        var (category, isUsable) = CocoCategories.Find(file.Categories ?? [], wanted, keypoints, path, faults);
        List<(int Image, PersonAnnotation Person)> people = [];
        var annotations = file.Annotations ?? [];
        for (var place = 0; place < annotations.Length && isUsable; place++)
        {
            if (annotations[place] is { } annotation && (category is null || annotation.CategoryId is null || annotation.CategoryId == category)
                && Read(annotation, annotation.Id ?? place) is { } found)
                people.Add(found);
        }
        if (people.Count == 0 && faults.All(fault => fault.Kind.Severity != FaultSeverity.Error))
        {
            faults.Add(new(KeypointFaultKinds.NoPeople, annotations.Length == 0 ? $"'{path}' holds no annotations." : $"Of {annotations.Length} annotations in '{path}' " +
                $"{crowds} are crowds, {unlabelled} have no labelled keypoint, and the others have no usable box or another category.") { File = path });
        }
        return new PersonListing(Sorted(people), faults) { Images = images.Count, Crowds = crowds, Unlabelled = unlabelled };
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
            faults.Add(new(KeypointFaultKinds.AnnotatedImageMissing, $"The image {first.ImageId} of '{path}' should be '{image.Key}', which is not there; annotation " +
                $"{first.AnnotationId}{(image.Count() > 1 ? $" and {image.Count() - 1} more are" : " is")} of it.") { File = image.Key, Annotation = first.AnnotationId });
        }
        return [.. sorted];
    }

    /// <returns>null where the annotation is left out.</returns>
    private (int Image, PersonAnnotation Person)? Read(CocoPerson annotation, long id)
    {
        if (!ids.Add(id))
        {
            Tell(KeypointFaultKinds.DoubledId, id, "has the id of another annotation of the file");
            return null;
        }
        if (annotation.Iscrowd is not (null or 0))
        {
            crowds++;
            return null;
        }
        if (annotation.ImageId is not { } imageId || images.Find(imageId) is not { } image)
        {
            Tell(KeypointFaultKinds.AnnotationWithoutImage, id, $"is of the image {annotation.ImageId?.ToString() ?? "null"}, which the file does not list");
            return null;
        }
        if (Points(annotation, id) is not { } points || Box(annotation, id, image.Size) is not { } box)
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

    private LabelledKeypoint[]? Points(CocoPerson annotation, long id)
    {
        if (annotation.Keypoints is not { Length: > 0 } numbers)
        {
            unlabelled++;
            return null;
        }
        if (numbers.Length != 3 * keypoints.Count)
        {
            Tell(KeypointFaultKinds.KeypointCount, id, $"has {numbers.Length} numbers for its keypoints, but the {keypoints.Count} of data.keypoints need " +
                $"{3 * keypoints.Count}: x, y and visibility of each");
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
                Tell(KeypointFaultKinds.BadVisibility, id, FormattableString.Invariant($"gives '{keypoints.Names[i]}' the visibility {numbers[3 * i + 2]}"));
                return null;
            }
        }
        LabelledKeypoint[] points = [.. Enumerable.Range(0, keypoints.Count).Select(i =>
            new LabelledKeypoint((float)numbers[3 * i], (float)numbers[3 * i + 1], (int)numbers[3 * i + 2]))];
        var labelled = points.Count(point => point.IsLabelled);
        if (annotation.NumKeypoints is { } said && said != labelled)
            Tell(KeypointFaultKinds.LabelledCount, id, $"says num_keypoints: {said}, but {labelled} of its keypoints are labelled");
        unlabelled += labelled == 0 ? 1 : 0;
        return labelled == 0 ? null : points;
    }

    /// <summary>The box, clipped as in the official code, which takes the pixel at its far corner to be the last one inside.</summary>
    private PersonBox? Box(CocoPerson annotation, long id, (int Width, int Height)? size)
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
        var place = FormattableString.Invariant($"a box of {width:0.##} x {height:0.##} pixels at ({x:0.##}, {y:0.##})");
        if (right <= left || bottom <= top)
        {
            Tell(KeypointFaultKinds.EmptyBox, id, $"has {place}, of which nothing lies in the image of {imageWidth} x {imageHeight}");
            return null;
        }
        if (AnnotationFaults.IsOutside(x, y, (imageWidth, imageHeight)) || AnnotationFaults.IsOutside(x + width, y + height, (imageWidth, imageHeight)))
            Tell(KeypointFaultKinds.BoxOutside, id, $"has {place}, which reaches beyond the image of {imageWidth} x {imageHeight}");
        return new((float)left, (float)top, (float)(right - left), (float)(bottom - top));
    }

    private void Tell(FaultKind kind, long id, string problem) =>
        faults.Add(new(kind, $"Annotation {id} of '{path}' {problem}.") { File = path, Annotation = id });
}

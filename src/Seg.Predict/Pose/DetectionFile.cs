using Seg.Models;

namespace Seg.Predict.Pose;

/// <summary>
/// Boxes of persons in images: a detector's results in COCO's form, [{ "image_id", "category_id", "bbox": [x, y, width, height], "score" },
/// …], or a COCO data set, whose annotations have boxes and which also says which file each image is.
/// </summary>
public sealed class DetectionFile
{
    private const string Kind = "a list of detections in COCO's results form, or a COCO data set";

    /// <summary>COCO's id of people, where a file does not name its categories.</summary>
    private const long Person = 1;

    private readonly ILookup<long, ScoredBox> boxes;
    private readonly Dictionary<long, long> frames;

    private DetectionFile(string path, ILookup<long, ScoredBox> boxes, Image[] images, IReadOnlyList<string> warnings)
    {
        (Path, this.boxes, Warnings) = (path, boxes, warnings);
        FileNames = images.Where(image => image.FileName is not null)
            .DistinctBy(image => image.Id).ToDictionary(image => image.Id, image => image.FileName!);
        frames = images.Where(image => image.FrameId is not null)
            .DistinctBy(image => image.FrameId).ToDictionary(image => image.FrameId!.Value, image => image.Id);
    }

    public string Path { get; }

    /// <summary>The images' files as a data set names them, by image id; empty where the file is a list.</summary>
    public IReadOnlyDictionary<long, string> FileNames { get; }

    /// <summary>The images that have a box.</summary>
    public IEnumerable<long> ImageIds => boxes.Select(group => group.Key);

    /// <summary>Boxes that were left out as no person can be cropped by them; one line a kind.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>The boxes of one image, in the order of the file; none where it has none.</summary>
    public IReadOnlyList<ScoredBox> Of(long imageId) => [.. boxes[imageId]];

    /// <summary>
    /// The boxes of one frame of a video: of the image with this "frame_id" where the file has such, else of the image of this number.
    /// </summary>
    /// <param name="frame">From 0 on.</param>
    public IReadOnlyList<ScoredBox> OfFrame(int frame) =>
        frames.Count == 0 ? Of(frame) : frames.TryGetValue(frame, out var imageId) ? Of(imageId) : [];

    /// <param name="path">The file.</param>
    /// <param name="minScore">Boxes of a lower score are left out, 0–1. Annotations have the score 1.</param>
    /// <exception cref="InputException">The file is missing, of another form, or has no box that could be used.</exception>
    public static DetectionFile Read(string path, double minScore = 0)
    {
        var content = KeypointJson.IsList(path)
            ? new Content(null, null, KeypointJson.Read<Entry?[]>(path, Kind))
            : KeypointJson.Read<Content>(path, Kind);
        if (content.Annotations is not { Length: > 0 } entries)
            throw new InputException($"'{path}' holds no boxes; {Kind} with at least one is needed.");
        var categories = PersonCategories(content);
        CountedWarnings warnings = new();
        List<(long ImageId, ScoredBox Box)> found = new(entries.Length);
        var others = 0;
        for (var index = 0; index < entries.Length; index++)
        {
            var (imageId, category, box) = Convert(entries[index], $"Detection {index} of '{path}'");
            if (entries[index]!.Iscrowd is not (null or 0) || !categories.Contains(category) || box.Score < minScore)
                others++;
            else if (!(box.Box.Width > 0 && box.Box.Height > 0))
                warnings.Add($"boxes in '{path}' have no area and were left out", $"detection {index}, of image {imageId}");
            else
                found.Add((imageId, box));
        }
        if (found.Count == 0)
        {
            throw new InputException(
                $"'{path}' has no box of a person that could be used: of {entries.Length}, {entries.Length - others} have no area, "
                + $"and {others} are of other things or of a lower score.");
        }
        return new DetectionFile(path, found.ToLookup(item => item.ImageId, item => item.Box), content.Images ?? [], warnings.Lines);
    }

    /// <summary>Those called "person"; all where none is; COCO's where the file does not say.</summary>
    private static HashSet<long> PersonCategories(Content content)
    {
        if (content.Categories is not { Length: > 0 } categories)
            return [Person];
        var persons = categories.Where(category => category.Name == "person").ToArray();
        return [.. (persons.Length > 0 ? persons : categories).Select(category => category.Id)];
    }

    private static (long ImageId, long Category, ScoredBox Box) Convert(Entry? entry, string name)
    {
        if (entry?.ImageId is not { } imageId)
            throw new InputException($"{name} has no 'image_id'.");
        if (entry.Bbox is not [var x, var y, var width, var height] || !double.IsFinite(x + y + width + height))
            throw new InputException($"{name} has no 'bbox' of four finite numbers: x, y, width and height.");
        var score = entry.Score ?? 1;
        if (!double.IsFinite(score))
            throw new InputException($"{name} has a score that is no finite number.");
        return (imageId, entry.CategoryId ?? Person, new ScoredBox(new((float)x, (float)y, (float)width, (float)height), (float)score));
    }

    private sealed record Content(Image[]? Images, Category[]? Categories, Entry?[]? Annotations);

    private sealed record Image(long Id, string? FileName, long? FrameId);

    private sealed record Category(long Id, string? Name);

    private sealed record Entry(long? ImageId, long? CategoryId, double[]? Bbox, double? Score, long? Iscrowd);
}

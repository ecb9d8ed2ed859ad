using Seg.Models;
using Seg.Predict.Pose;

namespace Seg.Train.Metrics.Keypoints;

/// <summary>Reads the persons of a COCO keypoints file (person_keypoints_val2017.json), or of one that another tool wrote in that form.</summary>
/// <remarks>
/// What the official code would end at is filled in where that is safe and counted as a warning: a missing area is the box's, a missing box that of
/// the labelled keypoints, a missing number of labelled keypoints is counted.
/// </remarks>
public static class KeypointTruthFile
{
    private const string Kind = "a COCO keypoints file";

    /// <exception cref="InputException">The file is missing, of another form, holds no person, or one whose keypoints do not fit.</exception>
    public static KeypointTruth Read(string path)
    {
        var content = KeypointJson.Read<Content>(path, Kind);
        if (content.Annotations is not { Length: > 0 } annotations)
            throw new InputException($"'{path}' has no annotations; without an annotated person nothing can be scored.");
        CountedWarnings warnings = new();
        var names = Names(content, annotations, path);
        var images = content.Images?.Select(image => image.Id).ToHashSet();
        var categories = content.Categories?.Select(category => category.Id).ToHashSet();
        Converter converter = new(path, names.Count, warnings);
        List<TruePerson> persons = [];
        foreach (var annotation in annotations)
        {
            var person = converter.Convert(annotation);
            var isListed = (images?.Contains(person.ImageId) ?? true) && (categories?.Contains(person.CategoryId) ?? true);
            if (isListed)
                persons.Add(person);
            else
                warnings.Add($"annotations are of images or categories that '{path}' does not list and were left out", $"annotation {person.Id}");
        }
        if (persons.Count == 0)
            throw new InputException($"No annotation of '{path}' is of an image and a category that the file lists; export it again.");
        return new KeypointTruth
        {
            Persons = persons,
            Images = images ?? [.. persons.Select(person => person.ImageId)],
            Categories = categories ?? [.. persons.Select(person => person.CategoryId)],
            KeypointNames = names,
            Warnings = warnings.Lines,
        };
    }

    /// <summary>Of the categories where they say them, else numbers, as many as the first annotation has keypoints.</summary>
    private static IReadOnlyList<string> Names(Content content, Annotation[] annotations, string path)
    {
        var named = content.Categories?.Select(category => category.Keypoints).OfType<string[]>().Where(names => names.Length > 0).ToArray() ?? [];
        if (named.Length > 0)
        {
            return named.All(names => names.Length == named[0].Length)
                ? named[0]
                : throw new InputException($"The categories of '{path}' have different numbers of keypoints; score them one at a time.");
        }
        var numbers = annotations.Select(annotation => annotation.Keypoints).FirstOrDefault(keypoints => keypoints is { Length: > 0 })
            ?? throw new InputException($"No annotation of '{path}' has 'keypoints'; {Kind} is needed.");
        return [.. Enumerable.Range(1, Math.Max(1, numbers.Length / Oks.Stride)).Select(number => $"{number}")];
    }

    private sealed class Converter(string path, int keypoints, CountedWarnings warnings)
    {
        private readonly HashSet<long> ids = [];
        private long lastId;

        public TruePerson Convert(Annotation annotation)
        {
            var id = annotation.Id ?? NextId();
            var name = $"annotation {id}";
            if (!ids.Add(id))
                throw new InputException($"'{path}' has two annotations with the id {id}; give each an id of its own.");
            lastId = Math.Max(lastId, id);
            if (id == 0)
                warnings.Add($"annotations of '{path}' have the id 0, at which COCO's rules count no match; number them from 1", name);
            var joints = Joints(annotation, name);
            var labelled = Enumerable.Range(0, keypoints).Count(joint => joints[joint * Oks.Stride + 2] > 0);
            if (annotation.NumKeypoints is { } said && said != labelled)
                warnings.Add($"annotations of '{path}' have another num_keypoints than labelled keypoints; by COCO's rules the former says whether they count", name);
            var box = Box(annotation, joints, labelled, name);
            return new TruePerson
            {
                Id = id,
                ImageId = annotation.ImageId ?? throw new InputException($"{Sentence(name)} of '{path}' has no 'image_id'."),
                CategoryId = annotation.CategoryId ?? 1,
                Keypoints = joints,
                Area = annotation.Area ?? AreaOf(box, name),
                Box = box,
                IsCrowd = annotation.Iscrowd is not (null or 0),
                LabelledCount = (int)(annotation.NumKeypoints ?? labelled),
            };
        }

        private double[] Joints(Annotation annotation, string name)
        {
            if (annotation.Keypoints is not { Length: > 0 } joints)
            {
                warnings.Add($"annotations of '{path}' have no keypoints; they need not be found", name);
                return new double[keypoints * Oks.Stride];
            }
            if (joints.Length != keypoints * Oks.Stride)
            {
                throw new InputException($"{Sentence(name)} of '{path}' has {joints.Length} numbers in 'keypoints', but {keypoints} keypoints need "
                    + $"{keypoints * Oks.Stride}: x, y and visibility of each.");
            }
            return joints.All(double.IsFinite) ? joints : throw new InputException($"{Sentence(name)} of '{path}' has a keypoint that is no finite number.");
        }

        private double[] Box(Annotation annotation, double[] joints, int labelled, string name)
        {
            if (annotation.Bbox is { Length: 4 } box)
                return box;
            if (annotation.Bbox is { Length: > 0 } other)
                throw new InputException($"{Sentence(name)} of '{path}' has {other.Length} numbers in 'bbox'; x, y, width and height are needed.");
            if (labelled == 0)
                throw new InputException($"{Sentence(name)} of '{path}' has neither 'bbox' nor labelled keypoints; give it a box or remove it.");
            warnings.Add($"annotations of '{path}' have no 'bbox'; that of their labelled keypoints was taken", name);
            var seen = Enumerable.Range(0, keypoints).Where(joint => joints[joint * Oks.Stride + 2] > 0).Select(joint => joint * Oks.Stride).ToArray();
            double left = seen.Min(at => joints[at]), top = seen.Min(at => joints[at + 1]);
            return [left, top, seen.Max(at => joints[at]) - left, seen.Max(at => joints[at + 1]) - top];
        }

        private double AreaOf(double[] box, string name)
        {
            warnings.Add($"annotations of '{path}' have no 'area'; that of the box was taken, which makes OKS milder than the outline's", name);
            return box[2] * box[3];
        }

        private long NextId()
        {
            warnings.Add($"annotations of '{path}' have no 'id' and were numbered", $"number {lastId + 1}");
            return lastId + 1;
        }

        private static string Sentence(string name) => char.ToUpperInvariant(name[0]) + name[1..];
    }

    private sealed record Content(Image[]? Images, Annotation[]? Annotations, Category[]? Categories);

    private sealed record Image(long Id);

    private sealed record Category(long Id, string[]? Keypoints);

    private sealed record Annotation(
        long? Id, long? ImageId, long? CategoryId, double[]? Keypoints, long? NumKeypoints, double? Area, double[]? Bbox, long? Iscrowd);
}

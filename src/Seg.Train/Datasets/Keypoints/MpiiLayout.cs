using Seg.Models;
using Seg.Train.Checks;

namespace Seg.Train.Datasets.Keypoints;

/// <summary>
/// MPII Human Pose (Andriluka et al., CVPR 2014) as the official HRNet code keeps it: annot/train.json and annot/valid.json, lists of
/// <c>{ image, center, scale, joints, joints_vis }</c>, and images in images.
/// </summary>
/// <remarks>As in <c>MPIIDataset</c>, places count from 1 in the file, and the middle is lowered by 15 · scale "to avoid cropping limbs".</remarks>
internal sealed class MpiiLayout : KeypointLayout
{
    /// <summary>Pixels of a person's height at a scale of 1.</summary>
    private const double ScaleUnit = 200;

    /// <summary>What the official code lowers the middle by, at a scale of 1.</summary>
    private const double Lowering = 15;

    protected override string ImageFolderPattern => "images";

    protected override string AnnotationPattern => "annot/{split}.json";

    public override PersonListing List(PoseDataConfig config, string split, KeypointSet keypoints)
    {
        string path = AnnotationPath(config, split), folder = ImageFolder(config, split);
        if (!File.Exists(path))
            return PersonListing.Unusable(FaultKinds.MissingFolder, $"There is no annotation file '{path}'.", path);
        if (!Directory.Exists(folder))
            return PersonListing.Unusable(FaultKinds.MissingFolder, $"There is no folder '{folder}' for the images.", folder);
        try
        {
            return new Reader(path, folder, keypoints).Read(KeypointJson.Read<Entry[]>(path, "a list of MPII's people as the HRNet authors keep it"));
        }
        catch (InputException error)
        {
            return PersonListing.Unusable(CocoKeypointLayout.KindOf(path, error), error.Message, path);
        }
    }

    protected override string NameOf(string split) => split == "val" ? "valid" : split;

    private sealed class Reader(string path, string folder, KeypointSet keypoints)
    {
        private readonly List<DataFault> faults = [];
        private int unlabelled;

        public PersonListing Read(Entry[] entries)
        {
            Dictionary<string, int> images = [];
            List<(int Image, PersonAnnotation Person)> people = [];
            for (var place = 0; place < entries.Length; place++)
            {
                if (entries[place] is not { Image: { Length: > 0 } name } entry)
                {
                    Tell(FaultKinds.BadAnnotation, place, "has no image");
                    continue;
                }
                if (images.TryAdd(name, images.Count) && !File.Exists(Path.Combine(folder, name)))
                    Tell(KeypointFaultKinds.AnnotatedImageMissing, place, $"is of '{Path.Combine(folder, name)}', which is not there");
                if (Read(entry, place, Path.Combine(folder, name), images[name]) is { } person)
                    people.Add((images[name], person));
            }
            if (people.Count == 0 && faults.All(fault => fault.Kind.Severity != FaultSeverity.Error))
                faults.Add(new(KeypointFaultKinds.NoPeople, $"None of {entries.Length} people in '{path}' has a labelled joint.") { File = path });
            return new([.. people.OrderBy(item => item.Image).Select(item => item.Person)], faults) { Images = images.Count, Unlabelled = unlabelled };
        }

        /// <returns>null where the person is left out.</returns>
        private PersonAnnotation? Read(Entry entry, int place, string image, int imageId)
        {
            if (entry.Center is not [var x, var y] || entry.Scale is not { } scale)
            {
                Tell(FaultKinds.BadAnnotation, place, "has no center of two numbers, or no scale");
                return null;
            }
            if (Joints(entry, place) is not { } joints)
                return null;
            if (!double.IsFinite(x + y + scale) || joints.Any(joint => !float.IsFinite(joint.X + joint.Y)))
            {
                Tell(KeypointFaultKinds.NonFiniteNumber, place, "has a joint, center or scale that is no finite number");
                return null;
            }
            // The official code marks a person without a place by a center of -1.
            if (scale <= 0 || x == -1)
            {
                Tell(KeypointFaultKinds.EmptyBox, place, FormattableString.Invariant($"has the scale {scale} and the center ({x}, {y})"));
                return null;
            }
            unlabelled += joints.Any(joint => joint.IsLabelled) ? 0 : 1;
            var side = ScaleUnit * scale;
            return joints.All(joint => !joint.IsLabelled) ? null : new PersonAnnotation
            {
                ImagePath = image,
                ImageId = imageId,
                AnnotationId = place,
                Box = new((float)(x - 1 - side / 2), (float)(y + Lowering * scale - 1 - side / 2), (float)side, (float)side),
                Keypoints = joints,
                Area = side * side,
            };
        }

        private LabelledKeypoint[]? Joints(Entry entry, int place)
        {
            var (numbers, visible) = (entry.Joints ?? [], entry.JointsVis ?? []);
            if (numbers.Length != 2 * keypoints.Count || visible.Length != keypoints.Count)
            {
                Tell(KeypointFaultKinds.KeypointCount, place, $"has {numbers.Length} numbers in joints and {visible.Length} in joints_vis, but the " +
                    $"{keypoints.Count} of data.keypoints need {2 * keypoints.Count} and {keypoints.Count}");
                return null;
            }
            if (Array.FindIndex(visible, value => value is not (0 or 1)) is >= 0 and var odd)
            {
                Tell(KeypointFaultKinds.BadVisibility, place,
                    FormattableString.Invariant($"gives '{keypoints.Names[odd]}' the visibility {visible[odd]}, not 0 or 1"));
                return null;
            }
            return
            [
                .. visible.Select((value, i) =>
                    new LabelledKeypoint((float)(numbers[2 * i] - 1), (float)(numbers[2 * i + 1] - 1), value == 0 ? 0 : 2)),
            ];
        }

        private void Tell(FaultKind kind, int place, string problem) =>
            faults.Add(new(kind, $"Person {place}, counted from 0, of '{path}' {problem}.") { File = path, Annotation = place });
    }

    private sealed record Entry(string? Image, double[]? Center, double? Scale, double[]? Joints, double[]? JointsVis);
}

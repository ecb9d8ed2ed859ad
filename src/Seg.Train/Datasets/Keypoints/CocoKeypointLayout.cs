using System.Text.Json;
using Seg.Models;
using Seg.Train.Checks;

namespace Seg.Train.Datasets.Keypoints;

/// <summary>
/// COCO's keypoints, or any in that form: annotations/person_keypoints_train2017.json, and images in train2017; other splits alike.
/// <c>annotation_file</c> and <c>image_folder</c> name others.
/// </summary>
internal sealed class CocoKeypointLayout : KeypointLayout
{
    protected override string ImageFolderPattern => DataConfig.SplitPlaceholder;

    protected override string AnnotationPattern => "annotations/person_keypoints_{split}.json";

    public override PersonListing List(PoseDataConfig config, string split, KeypointSet keypoints)
    {
        string path = AnnotationPath(config, split), folder = ImageFolder(config, split);
        if (!File.Exists(path))
            return PersonListing.Unusable(FaultKinds.MissingFolder, $"There is no annotation file '{path}'.", path);
        if (!Directory.Exists(folder))
            return PersonListing.Unusable(FaultKinds.MissingFolder, $"There is no folder '{folder}' for the images.", folder);
        CocoKeypointFile file;
        try
        {
            file = CocoKeypointFile.Read(path);
        }
        catch (InputException error)
        {
            return PersonListing.Unusable(KindOf(path, error), Sentence(error), path);
        }
        CocoPeople people = new(path, folder, keypoints);
        var listing = people.Read(file, config.Category);
        return config.HasDetections && split != "train"
            ? DetectedPeople.Add(listing, people.Images, At(config, config.Boxes, split), config.LeastBoxScore)
            : listing;
    }

    protected override string NameOf(string split) => $"{split}2017";

    /// <summary>What is wrong with a file that cannot be read as JSON of its form.</summary>
    internal static FaultKind KindOf(string path, InputException error)
    {
        if (new FileInfo(path) is { Exists: true, Length: 0 })
            return FaultKinds.EmptyFile;
        // NaN and Infinity, which Python writes, are no JSON.
        return error.InnerException is JsonException { Message: var message } && (message.StartsWith("'N'", StringComparison.Ordinal)
            || message.StartsWith("'I'", StringComparison.Ordinal) || message.StartsWith("'n' is an invalid start", StringComparison.Ordinal))
            ? KeypointFaultKinds.NonFiniteNumber
            : FaultKinds.BadAnnotation;
    }

    private static string Sentence(InputException error) => error.Message.TrimEnd('.') + ".";
}

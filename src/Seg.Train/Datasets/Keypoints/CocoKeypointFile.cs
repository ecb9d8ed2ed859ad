using Seg.Models;

namespace Seg.Train.Datasets.Keypoints;

/// <summary>A file of COCO's keypoints (Lin et al., arXiv:1405.0312) as it stands, faults and all: what is not there is null.</summary>
internal sealed record CocoKeypointFile(CocoKeypointImage[]? Images, CocoKeypointCategory[]? Categories, CocoPerson[]? Annotations)
{
    private const string Kind = "a COCO keypoints file";

    /// <exception cref="InputException">The file is missing, unreadable or of another form.</exception>
    public static CocoKeypointFile Read(string path) => KeypointJson.Read<CocoKeypointFile>(path, Kind);
}

/// <summary>One image; <paramref name="FileName"/> is relative to the folder of images.</summary>
internal sealed record CocoKeypointImage(long? Id, string? FileName, long? Width, long? Height);

/// <summary>One category; <paramref name="Keypoints"/> are their names.</summary>
internal sealed record CocoKeypointCategory(long? Id, string? Name, string[]? Keypoints);

/// <summary>One person.</summary>
/// <param name="Bbox">x, y, width, height in image pixels.</param>
/// <param name="Area">Of the segment, in square image pixels.</param>
/// <param name="NumKeypoints">How many keypoints are labelled.</param>
/// <param name="Keypoints">x, y and visibility of each.</param>
internal sealed record CocoPerson(
    long? Id, long? ImageId, long? CategoryId, long? Iscrowd, double[]? Bbox, double? Area, long? NumKeypoints, double[]? Keypoints);

using Seg.Models;
using Seg.Train.Checks;

namespace Seg.Train.Datasets.Keypoints;

/// <summary>Opens data sets of keypoints by their config.</summary>
public static class KeypointDatasetFactory
{
    /// <summary>Reads a split's annotations and checks them; no image is decoded yet.</summary>
    /// <param name="split"><c>train</c>, <c>val</c> or <c>test</c>, or any other that the data set has annotations for.</param>
    /// <exception cref="InputException">The keypoint set, the annotations or the boxes are missing or faulty, or there is nobody in them.</exception>
    public static IKeypointDataset Create(PoseDataConfig config, string split)
    {
        var (keypoints, listing) = List(config, split);
        return new KeypointDataset(
            listing.Detections ?? listing.People, keypoints, hasKeypoints: listing.Detections is null, (long)config.CacheMegabytes << 20);
    }

    /// <summary>The keypoints that a data set has, without opening it.</summary>
    /// <exception cref="InputException">There is no such set, or its file is faulty.</exception>
    public static KeypointSet Keypoints(PoseDataConfig config) =>
        KeypointSet.Read(config.Keypoints ?? (config.Format == PoseDataFormat.Mpii ? "mpii" : "coco"));

    /// <summary>
    /// The people of a split as they are annotated, whoever is to find them: what predictions are scored against. Crowds, and people without a
    /// labelled keypoint, are not among them.
    /// </summary>
    /// <exception cref="InputException">The keypoint set or the annotations are missing or faulty, or there is nobody in them.</exception>
    public static IReadOnlyList<PersonAnnotation> Annotated(PoseDataConfig config, string split) => List(config, split).Listing.People;

    /// <summary>The file of a split's annotations.</summary>
    public static string AnnotationPath(PoseDataConfig config, string split) => KeypointLayout.Of(config.Format).AnnotationPath(config, split);

    private static (KeypointSet Keypoints, PersonListing Listing) List(PoseDataConfig config, string split)
    {
        if (!Directory.Exists(config.Root))
            throw new InputException($"There is no folder '{config.Root}', which data.root names; set it, or give --data DIR.");
        var keypoints = Keypoints(config);
        var listing = KeypointLayout.Of(config.Format).List(config, split, keypoints);
        UsableData.Require(listing.Faults);
        return (keypoints, listing);
    }
}

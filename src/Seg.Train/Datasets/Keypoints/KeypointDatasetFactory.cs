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

    /// <summary>
    /// The people of a split as they are annotated, whoever is to find them: what predictions are scored against. Crowds, and people without a
    /// labelled keypoint, are not among them.
    /// </summary>
    /// <exception cref="InputException">The keypoint set or the annotations are missing or faulty, or there is nobody in them.</exception>
    public static IReadOnlyList<PersonAnnotation> Annotated(PoseDataConfig config, string split) => List(config, split).Listing.People;

    /// <summary>The whole images of a split, for networks that find everybody in them.</summary>
    /// <param name="withPeople">Only those with somebody who has keypoints, to be trained on; else all, to be scored on.</param>
    /// <exception cref="InputException">The annotations are missing or faulty, or do not tell everybody in an image.</exception>
    internal static SceneDataset CreateScenes(PoseDataConfig config, string split, bool withPeople)
    {
        var (keypoints, listing) = List(config, split);
        if (config.Format != PoseDataFormat.CocoKeypoints)
            throw new InputException("A network that finds everybody in an image needs data with data.format: coco_keypoints; others do not tell everybody.");
        // Images of people have been looked for already; others may be missing, as when only a part of COCO was copied.
        SceneAnnotation[] scenes = [.. listing.Scenes.Where(scene => scene.People.Count > 0 || (!withPeople && File.Exists(scene.ImagePath)))];
        return new SceneDataset(scenes, keypoints, (long)config.CacheMegabytes << 20, skipFaulty: config.FaultyImages == FaultyImagePolicy.Skip);
    }

    /// <summary>The file of a split's annotations.</summary>
    public static string AnnotationPath(PoseDataConfig config, string split) => KeypointLayout.Of(config.Format).AnnotationPath(config, split);

    /// <summary>The folder of a split's images.</summary>
    internal static string ImageFolder(PoseDataConfig config, string split) => KeypointLayout.Of(config.Format).ImageFolder(config, split);

    private static (KeypointSet Keypoints, PersonListing Listing) List(PoseDataConfig config, string split)
    {
        if (!Directory.Exists(config.Root))
            throw new InputException($"There is no folder '{config.Root}', which data.root names; set it, or give --data DIR.");
        var keypoints = config.ReadKeypoints();
        var listing = KeypointLayout.Of(config.Format).List(config, split, keypoints);
        UsableData.Require(listing.Faults);
        return (keypoints, listing);
    }
}

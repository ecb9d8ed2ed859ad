using Seg.Models;
using Seg.Train.Datasets.Keypoints;

namespace Seg.Train.Metrics.Keypoints;

/// <summary>The annotated people of a data set, as the evaluation by OKS takes them.</summary>
internal static class PoseTruth
{
    /// <summary>
    /// All people of a split; of COCO's layout those without keypoints and crowds too, which take detections without their counting.
    /// </summary>
    /// <exception cref="InputException">The annotations are missing or faulty.</exception>
    public static IReadOnlyList<TruePerson> Read(PoseDataConfig data, string split)
    {
        var annotated = KeypointDatasetFactory.Annotated(data, split);
        if (data.Format != PoseDataFormat.CocoKeypoints)
            return [.. annotated.Select(OfAnnotation)];
        var ids = annotated.Select(person => person.AnnotationId).ToHashSet();
        var persons = KeypointTruthFile.Read(KeypointDatasetFactory.AnnotationPath(data, split)).Persons;
        // The file may have other categories; the data set has chosen one.
        var category = (persons.FirstOrDefault(person => ids.Contains(person.Id)) ?? persons[0]).CategoryId;
        return [.. persons.Where(person => person.CategoryId == category)];
    }

    private static TruePerson OfAnnotation(PersonAnnotation person) => new()
    {
        // From 1: to the official code a person of the id 0 is never found.
        Id = person.AnnotationId + 1,
        ImageId = person.ImageId,
        Keypoints = [.. person.Keypoints.SelectMany(keypoint => new double[] { keypoint.X, keypoint.Y, keypoint.Visibility })],
        Area = person.Area,
        Box = [person.Box.X, person.Box.Y, person.Box.Width, person.Box.Height],
        LabelledCount = person.Keypoints.Count(keypoint => keypoint.IsLabelled),
    };
}

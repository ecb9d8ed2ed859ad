using Seg.Models;
using Seg.Train.Checks;

namespace Seg.Train.Datasets.Keypoints;

/// <summary>What can be wrong with a person's places in the image, whatever the format.</summary>
internal static class AnnotationFaults
{
    /// <summary>How far beyond the image's border a point may lie, in pixels, before it is told: annotation tools are off by one there.</summary>
    private const double Tolerance = 1.5;

    /// <summary>How far beyond its box, as a share of the box, a keypoint may lie and still be taken for one inside.</summary>
    private const float BoxMargin = 0.1f;

    public static bool IsOutside(double x, double y, (int Width, int Height) image) =>
        x < -Tolerance || y < -Tolerance || x > image.Width + Tolerance || y > image.Height + Tolerance;

    /// <summary>The fault of annotations for an image of another size.</summary>
    public static DataFault OfSize(PersonAnnotation person, (int Width, int Height) annotated, (int Width, int Height) image)
    {
        var turned = (annotated.Height, annotated.Width) == (image.Width, image.Height) ? "; it may be turned by its EXIF orientation" : "";
        return new(KeypointFaultKinds.AnnotatedSize, $"'{person.ImagePath}' is {image.Width} x {image.Height} pixels, but the annotations (of the image " +
            $"{person.ImageId}) say {annotated.Width} x {annotated.Height}{turned}.")
        { File = person.ImagePath, Annotation = person.AnnotationId };
    }

    /// <summary>Keypoints outside of the image, and a box that is not around them.</summary>
    /// <param name="path">The file of annotations.</param>
    public static IEnumerable<DataFault> OfPlaces(PersonAnnotation person, (int Width, int Height) image, KeypointSet keypoints, string path)
    {
        var outside = Array.FindIndex(person.Keypoints, point => point.IsLabelled && IsOutside(point.X, point.Y, image));
        if (outside >= 0)
        {
            var point = person.Keypoints[outside];
            yield return Fault(KeypointFaultKinds.KeypointOutside, FormattableString.Invariant(
                $"has '{keypoints.Names[outside]}' at ({point.X:0.#}, {point.Y:0.#}), outside of the image's {image.Width} x {image.Height} pixels"));
        }
        var labelled = person.Keypoints.Count(point => point.IsLabelled);
        var inside = person.Keypoints.Count(point => point.IsLabelled && IsIn(point, person.Box));
        if (2 * inside < labelled)
            yield return Fault(KeypointFaultKinds.BoxElsewhere, $"has {labelled} labelled keypoints, of which {inside} lie in its box");

        DataFault Fault(FaultKind kind, string problem) =>
            new(kind, $"Annotation {person.AnnotationId} of '{path}' {problem}.") { File = path, Annotation = person.AnnotationId };
    }

    private static bool IsIn(LabelledKeypoint point, PersonBox box)
    {
        var (marginX, marginY) = (box.Width * BoxMargin, box.Height * BoxMargin);
        return point.X >= box.X - marginX && point.X <= box.Right + marginX && point.Y >= box.Y - marginY && point.Y <= box.Bottom + marginY;
    }
}

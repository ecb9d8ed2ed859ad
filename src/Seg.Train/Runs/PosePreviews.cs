using OpenCvSharp;
using Seg.Models;
using Seg.Predict.Drawing;
using Seg.Predict.Pose;
using Seg.Train.Datasets.Keypoints;
using Seg.Train.Metrics.Keypoints;

namespace Seg.Train.Runs;

/// <summary>Skeletons of the people in images: those that are annotated on the left, what a network predicts on the right: in their boxes if it is top-down.</summary>
internal static class PosePreviews
{
    /// <summary>Of the longer side of a picture, in pixels.</summary>
    private const int Side = 384;

    /// <param name="people">Whose boxes the network sees.</param>
    /// <param name="truth">Who is there.</param>
    /// <inheritdoc cref="Previews.Write"/>
    public static void Write(
        string folder, IPoseEstimator estimator, IKeypointDataset people, IReadOnlyList<TruePerson> truth, int count,
        Action<string, (int Width, int Height)> written)
    {
        PoseContactSheet sheet = new(people.Keypoints, Side, columns: 1);
        var annotated = truth.Where(person => person.LabelledCount > 0).ToLookup(person => person.ImageId, Drawn);
        Previews.Write(folder, people.Count, count, Draw, written);

        (string, Mat) Draw(int index)
        {
            using var sample = people.Read(index);
            var name = Path.GetFileNameWithoutExtension(sample.Person.ImagePath);
            var predicted = estimator is PosePredictor predictor
                ? predictor.Predict(sample.Image, [.. WithWhomInImage(people, index).Select(person => person.Box)])
                : estimator.Estimate([sample.Image])[0];
            var comparison = new PoseComparison(sample.Image, [.. annotated[sample.Person.ImageId]], predicted, name);
            return ($"{name}_{sample.Person.AnnotationId}", sheet.Draw([comparison]));
        }
    }

    /// <summary>All people of an item's image, who follow each other.</summary>
    private static List<PersonAnnotation> WithWhomInImage(IKeypointDataset people, int index)
    {
        var image = people.Person(index).ImageId;
        var first = index;
        while (first > 0 && people.Person(first - 1).ImageId == image)
            first--;
        List<PersonAnnotation> shown = [];
        for (var next = first; next < people.Count && people.Person(next).ImageId == image; next++)
            shown.Add(people.Person(next));
        return shown;
    }

    private static Person Drawn(TruePerson person) => new()
    {
        Keypoints =
        [
            .. person.Keypoints.Chunk(Oks.Stride).Select(joint => new Keypoint((float)joint[0], (float)joint[1], joint[2] > 0 ? 1 : 0)),
        ],
        Box = new((float)person.Box[0], (float)person.Box[1], (float)person.Box[2], (float)person.Box[3]),
        Score = 1,
    };
}

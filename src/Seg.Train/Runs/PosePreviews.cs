using OpenCvSharp;
using Seg.Models;
using Seg.Predict.Drawing;
using Seg.Predict.Pose;
using Seg.Train.Datasets.Keypoints;
using Seg.Train.Metrics.Keypoints;

namespace Seg.Train.Runs;

/// <summary>Skeletons of the people in images: on the left what a network predicts, on the right those that are annotated.</summary>
internal static class PosePreviews
{
    /// <summary>Smaller images are enlarged until their longer side has so many pixels, so that limbs can be told apart.</summary>
    private const int LeastSide = 480;

    /// <summary>Of a top-down network.</summary>
    /// <param name="people">Whose boxes the network sees.</param>
    /// <param name="truth">Who is there.</param>
    /// <inheritdoc cref="Previews.Write"/>
    public static void Write(
        string folder, PosePredictor predictor, IKeypointDataset people, IReadOnlyList<TruePerson> truth, int count,
        Action<string, (int Width, int Height)> written)
    {
        var annotated = truth.Where(person => person.LabelledCount > 0).ToLookup(person => person.ImageId, Drawn);
        Previews.Write(folder, people.Count, count, Draw, written);

        (string, Mat) Draw(int index)
        {
            using var sample = people.Read(index);
            var name = Path.GetFileNameWithoutExtension(sample.Person.ImagePath);
            var predicted = predictor.Predict(sample.Image, [.. WithWhomInImage(people, index).Select(person => person.Box)]);
            return ($"{name}_{sample.Person.AnnotationId}", Compare(people.Keypoints, sample.Image, predicted, annotated[sample.Person.ImageId]));
        }
    }

    /// <summary>Of a network that sees whole images.</summary>
    /// <inheritdoc cref="Previews.Write"/>
    public static void Write(string folder, IPoseEstimator estimator, SceneDataset scenes, int count, Action<string, (int Width, int Height)> written)
    {
        Previews.Write(folder, scenes.Count, count, Draw, written);

        (string, Mat) Draw(int index)
        {
            using var sample = scenes.Read(index);
            var predicted = estimator.Estimate([sample.Image])[0];
            var picture = Compare(scenes.Keypoints, sample.Image, predicted, sample.Scene.People.Select(Drawn));
            return (Path.GetFileNameWithoutExtension(sample.Scene.ImagePath), picture);
        }
    }

    private static Mat Compare(KeypointSet keypoints, Mat image, IEnumerable<Person> predicted, IEnumerable<Person> annotated)
    {
        PoseOverlay overlay = new(keypoints, new PoseOverlayOptions { Boxes = false, Labels = false });
        var scale = Math.Max(1, (double)LeastSide / Math.Max(image.Cols, image.Rows));
        using var enlarged = new Mat();
        Cv2.Resize(image, enlarged, new Size(), scale, scale, InterpolationFlags.Cubic);
        using var left = overlay.Draw(enlarged, [.. predicted.Select(person => Enlarged(person, scale))]);
        using var right = overlay.Draw(enlarged, [.. annotated.Select(person => Enlarged(person, scale))]);
        return Previews.SideBySide(left, right);
    }

    /// <summary>Pixel centres are at whole numbers, so it is the edge half a pixel before them that stays in place.</summary>
    private static Person Enlarged(Person person, double scale) => person with
    {
        Keypoints =
        [
            .. person.Keypoints.Select(joint => joint with { X = Enlarged(joint.X, scale), Y = Enlarged(joint.Y, scale) }),
        ],
    };

    private static float Enlarged(float place, double scale) => (float)((place + 0.5) * scale - 0.5);

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

    private static Person Drawn(PersonAnnotation person) => new()
    {
        Keypoints = [.. person.Keypoints.Select(keypoint => new Keypoint(keypoint.X, keypoint.Y, keypoint.IsLabelled ? 1 : 0))],
        Box = person.Box,
        Score = 1,
    };
}

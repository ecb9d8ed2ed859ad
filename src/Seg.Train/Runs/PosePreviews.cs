using OpenCvSharp;
using Seg.Models;
using Seg.Predict.Drawing;
using Seg.Predict.Pose;
using Seg.Train.Metrics.Keypoints;

namespace Seg.Train.Runs;

/// <summary>Skeletons of the people in images: on the left what a network predicts, on the right those that are annotated.</summary>
internal static class PosePreviews
{
    /// <summary>Smaller images are enlarged until their longer side has so many pixels, so that limbs can be told apart.</summary>
    private const int LeastSide = 480;

    /// <param name="keypoints">Of the people.</param>
    /// <param name="compare">Gives an item's name, and its image, which is disposed here, with its people.</param>
    /// <inheritdoc cref="Previews.Write"/>
    public static void Write(
        string folder, KeypointSet keypoints, int items, int count, Func<int, (string Name, PoseComparison People)> compare,
        Action<string, (int Width, int Height)> written)
    {
        PoseOverlay overlay = new(keypoints, new PoseOverlayOptions { Boxes = false, Labels = false });
        Previews.Write(folder, items, count, Draw, written);

        (string, Mat) Draw(int index)
        {
            var (name, people) = compare(index);
            using (people.Image)
            {
                var scale = Math.Max(1, (double)LeastSide / Math.Max(people.Image.Cols, people.Image.Rows));
                using var enlarged = new Mat();
                Cv2.Resize(people.Image, enlarged, new Size(), scale, scale, InterpolationFlags.Cubic);
                using var left = overlay.Draw(enlarged, [.. people.Predicted.Select(person => Enlarged(person, scale))]);
                using var right = overlay.Draw(enlarged, [.. people.True.Select(person => Enlarged(person, scale))]);
                return (name, Previews.SideBySide(left, right));
            }
        }
    }

    /// <summary>All on one sheet; items are spread as those of <see cref="Write"/>.</summary>
    /// <returns>CV_8UC3; the caller's.</returns>
    public static Mat Sheet(KeypointSet keypoints, int items, int count, Func<int, (string Name, PoseComparison People)> compare)
    {
        List<PoseComparison> shown = [];
        try
        {
            foreach (var index in Previews.Spread(items, count))
                shown.Add(compare(index).People);
            return new PoseContactSheet(keypoints).Draw(shown);
        }
        finally
        {
            shown.ForEach(people => people.Image.Dispose());
        }
    }

    public static Person Drawn(TruePerson person) => new()
    {
        Keypoints =
        [
            .. person.Keypoints.Chunk(Oks.Stride).Select(joint => new Keypoint((float)joint[0], (float)joint[1], joint[2] > 0 ? 1 : 0)),
        ],
        Box = new((float)person.Box[0], (float)person.Box[1], (float)person.Box[2], (float)person.Box[3]),
        Score = 1,
    };

    /// <summary>Pixel centres are at whole numbers, so it is the edge half a pixel before them that stays in place.</summary>
    private static Person Enlarged(Person person, double scale) => person with
    {
        Keypoints =
        [
            .. person.Keypoints.Select(joint => joint with { X = Enlarged(joint.X, scale), Y = Enlarged(joint.Y, scale) }),
        ],
    };

    private static float Enlarged(float place, double scale) => (float)((place + 0.5) * scale - 0.5);
}

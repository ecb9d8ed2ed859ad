using OpenCvSharp;
using Seg.Models;
using Seg.Predict.Drawing;

namespace Seg.Predict.Tests.Drawing;

public class PoseOverlayTests
{
    private static readonly PoseOverlayOptions SkeletonAlone = new() { Boxes = false, Labels = false };

    [Fact]
    public void Sure_joints_have_their_colour_and_a_dark_border_on_light_and_dark_ground()
    {
        var person = TestPersons.Standing(200, 20, 360);
        foreach (var ground in new byte[] { 0, 128, 255 })
        {
            using Mat image = new(400, 400, MatType.CV_8UC3, Scalar.All(ground));
            using var drawn = new PoseOverlay(TestPersons.Coco, SkeletonAlone).Draw(image, [person]);
            for (var index = 5; index < 17; index++)            // those of the head cover each other
            {
                var (x, y) = ((int)Math.Round(person.Keypoints[index].X), (int)Math.Round(person.Keypoints[index].Y));
                var color = TestPersons.Coco.Colors[index];
                Assert.Equal([color.B, color.G, color.R], TestImages.Row(drawn, y).Slice(3 * x, 3).ToArray());
            }
            Assert.True(TestImages.Values(image).All(value => value == ground), "the image itself was drawn on");
            // Whatever the ground, the picture has dark pixels for light limbs to stand against.
            Assert.True(CountDarker(drawn, 100) > 400);
        }
    }

    [Fact]
    public void Keypoints_below_the_threshold_are_not_drawn_and_unsure_ones_fade()
    {
        using Mat image = new(400, 400, MatType.CV_8UC3, Scalar.All(128));
        PoseOverlay overlay = new(TestPersons.Coco, SkeletonAlone);
        using var none = overlay.Draw(image, [TestPersons.Standing(200, 20, 360, scoreOf: _ => 0.19f)]);
        Assert.Equal(TestImages.Values(image), TestImages.Values(none));

        var ankle = TestPersons.Standing(200, 20, 360).Keypoints[15];
        var (x, y) = ((int)Math.Round(ankle.X), (int)Math.Round(ankle.Y));
        List<double> distances = [];
        foreach (var score in new[] { 0.2f, 0.3f, 0.45f, 0.6f, 0.9f })
        {
            using var drawn = overlay.Draw(image, [TestPersons.Standing(200, 20, 360, scoreOf: index => index == 15 ? score : 0)]);
            var color = TestPersons.Coco.Colors[15];
            var pixel = TestImages.Row(drawn, y).Slice(3 * x, 3);
            distances.Add(Math.Abs(pixel[0] - color.B) + Math.Abs(pixel[1] - color.G) + Math.Abs(pixel[2] - color.R));
            Assert.Equal(TestImages.Row(image, 100).ToArray(), TestImages.Row(drawn, 100).ToArray());
        }
        Assert.Equal(distances.OrderDescending(), distances);
        Assert.True(distances[0] > distances[1] && distances[3] == 0 && distances[4] == 0, string.Join(' ', distances));
    }

    [Fact]
    public void The_better_person_lies_on_top_whatever_the_order()
    {
        using Mat image = new(300, 300, MatType.CV_8UC3, Scalar.All(200));
        Person[] persons = [TestPersons.Standing(140, 20, 260, score: 0.5f), TestPersons.Standing(150, 20, 260, score: 0.9f)];
        PoseOverlay overlay = new(TestPersons.Coco);
        using Mat first = overlay.Draw(image, persons), second = overlay.Draw(image, [.. persons.Reverse()]);
        Assert.Equal(TestImages.Values(first), TestImages.Values(second));
    }

    [Fact]
    public void Boxes_and_labels_are_drawn_where_they_are_wanted()
    {
        using Mat image = new(300, 300, MatType.CV_8UC3, Scalar.All(128));
        var person = TestPersons.Standing(150, 60, 200, scoreOf: _ => 0);
        foreach (var (options, count) in new[] { (SkeletonAlone, 0), (SkeletonAlone with { Boxes = true }, 400), (SkeletonAlone with { Labels = true }, 150) })
        {
            using var drawn = new PoseOverlay(TestPersons.Coco, options).Draw(image, [person]);
            var changed = CountChanged(image, drawn);
            Assert.True(count == 0 ? changed == 0 : changed > count, $"{options}: {changed}");
        }
        // A box as large as the image says nothing.
        var whole = person with { Box = new PersonBox(0, 0, 300, 300) };
        using var unframed = new PoseOverlay(TestPersons.Coco, SkeletonAlone with { Boxes = true }).Draw(image, [whole]);
        Assert.Equal(0, CountChanged(image, unframed));
    }

    [Fact]
    public void Tracks_are_told_apart_by_colour()
    {
        using Mat image = new(300, 300, MatType.CV_8UC3, Scalar.All(128));
        var person = TestPersons.Standing(150, 60, 200, scoreOf: _ => 0);
        PoseOverlay overlay = new(TestPersons.Coco, SkeletonAlone with { Boxes = true });
        using Mat first = overlay.Draw(image, [person with { TrackId = 1 }]), second = overlay.Draw(image, [person with { TrackId = 2 }]),
            again = overlay.Draw(image, [person with { TrackId = 1 }]);
        Assert.NotEqual(TestImages.Values(first), TestImages.Values(second));
        Assert.Equal(TestImages.Values(first), TestImages.Values(again));
    }

    [Fact]
    public void Persons_anywhere_on_pictures_of_any_size_can_be_drawn()
    {
        foreach (var (width, height) in new[] { (1, 1), (3, 200), (150, 40), (800, 600) })
        {
            using var image = TestImages.Pattern(width, height);
            Person[] persons =
            [
                TestPersons.Standing(width / 2.0, 0, height), TestPersons.Standing(-50, -80, 300), TestPersons.Standing(1e8, 0, 1e9),
                TestPersons.Standing(0, 0, 0), TestPersons.Standing(5, 5, 20) with { Box = new PersonBox(500, 900, 10, 10) },
                TestPersons.Standing(double.NaN, 0, 100) with { Box = default },
            ];
            using var drawn = new PoseOverlay(TestPersons.Coco).Draw(image, persons);
            Assert.Equal(image.Size(), drawn.Size());
        }
    }

    [Fact]
    public void Wrong_images_and_persons_are_refused()
    {
        using Mat gray = new(30, 40, MatType.CV_8UC1), image = TestImages.Pattern(40, 30);
        PoseOverlay overlay = new(TestPersons.Coco);
        Assert.Throws<ArgumentException>(() => overlay.Draw(gray, []));
        var person = TestPersons.Standing(20, 0, 30);
        Assert.Throws<ArgumentException>(() => overlay.Draw(image, [person with { Keypoints = person.Keypoints[1..] }]));
    }

    [Fact]
    public void A_contact_sheet_shows_truth_beside_prediction()
    {
        using Mat wide = new(100, 200, MatType.CV_8UC3, Scalar.All(90)), high = new(300, 150, MatType.CV_8UC3, Scalar.All(90));
        var person = TestPersons.Standing(100, 5, 90);
        PoseContactSheet sheet = new(TestPersons.Coco, cell: 128, columns: 2);
        using var drawn = sheet.Draw([new(wide, [person], [], "wide"), new(high, [], [TestPersons.Standing(75, 10, 280)], "high"), new(wide, [], [], "none")]);
        Assert.Equal(new Size(16 + 2 * (256 + 6 + 16), 24 + 16 + (128 + 24 + 16) + (64 + 24 + 16)), drawn.Size());      // rows are as high as their highest picture
        Assert.True(Colourful(drawn, 16, 40) && !Colourful(drawn, 16 + 134, 40), "the first is true, not predicted");
        Assert.True(!Colourful(drawn, 294, 40) && Colourful(drawn, 294 + 134, 40), "the second is predicted, not true");
        Assert.Throws<ArgumentException>(() => sheet.Draw([]));

        static bool Colourful(Mat sheet, int x, int y)
        {
            using var part = sheet[new Rect(x, y, 128, 128)];
            using var copy = part.Clone();
            return TestImages.Values(copy).Chunk(3).Count(pixel => pixel.Max() - pixel.Min() > 60) > 100;
        }
    }

    private static int CountDarker(Mat picture, int limit) => TestImages.Values(picture).Chunk(3).Count(pixel => pixel.Max() < limit);

    private static int CountChanged(Mat first, Mat second) =>
        TestImages.Values(first).Chunk(3).Zip(TestImages.Values(second).Chunk(3)).Count(pair => !pair.First.SequenceEqual(pair.Second));
}

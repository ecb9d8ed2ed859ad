using OpenCvSharp;
using Seg.Models;
using Seg.Models.Configuration;
using Seg.Models.Runtime;
using Seg.Predict.Imaging;
using Seg.Predict.Pose;
using Scalar = OpenCvSharp.Scalar;

namespace Seg.Predict.Tests.Pose;

public class PosePredictorTests
{
    [Fact]
    public void Each_box_gives_a_person_in_image_pixels()
    {
        using var predictor = TestPoseModel.CreatePredictor();
        using var image = TestImages.Pattern(150, 120);
        PersonBox[] boxes = [new(20, 10, 40, 80), new(-30, 60, 70, 30), new(300, 300, 20, 20)];
        var persons = predictor.Predict(image, boxes);
        Assert.Equal(boxes, persons.Select(person => person.Box));
        foreach (var person in persons)
        {
            Assert.Equal(17, person.Keypoints.Length);
            Assert.Equal((1f, null), (person.Score, person.TrackId));
            var crop = predictor.Description.CreateCodec().CropOf(person.Box);
            foreach (var keypoint in person.Keypoints)
            {
                Assert.InRange(keypoint.X, crop.CenterX - crop.Width / 2 - 1, crop.CenterX + crop.Width / 2 + 1);
                Assert.InRange(keypoint.Y, crop.CenterY - crop.Height / 2 - 1, crop.CenterY + crop.Height / 2 + 1);
            }
        }
        Assert.Empty(predictor.Predict(image, []));
    }

    [Fact]
    public void A_person_moved_with_its_box_has_its_keypoints_moved_as_much()
    {
        using var predictor = TestPoseModel.CreatePredictor();
        using Mat image = TestImages.Pattern(90, 100), moved = new(160, 150, MatType.CV_8UC3, Scalar.All(0));
        using (var place = moved[new Rect(37, 21, 90, 100)])
            image.CopyTo(place);
        var here = predictor.Predict(image, [new(10, 10, 60, 70)])[0];
        var there = predictor.Predict(moved, [new(47, 31, 60, 70)])[0];
        foreach (var (first, second) in here.Keypoints.Zip(there.Keypoints))
        {
            Assert.Equal(first.X + 37, second.X, 1e-3);
            Assert.Equal(first.Y + 21, second.Y, 1e-3);
            Assert.Equal(first.Score, second.Score, 1e-4);
        }
    }

    [Fact]
    public void Persons_of_several_images_share_batches_and_keep_their_order()
    {
        using var alone = TestPoseModel.CreatePredictor(TestPoseModel.Exact with { BatchSize = 1 });
        using var together = TestPoseModel.CreatePredictor(TestPoseModel.Exact with { BatchSize = 4 });
        using Mat first = TestImages.Pattern(150, 120), second = TestImages.Gradient(80, 90), third = TestImages.Pattern(60, 60, seed: 4);
        BoxedImage[] images =
        [
            new(first, [.. Enumerable.Range(0, 5).Select(index => new ScoredBox(new(index * 20, 10, 40, 80), 0.5f + index * 0.1f))]),
            new(second, []), new(third, [new(new(5, 5, 50, 50), 0.3f)]),
        ];
        var expected = alone.Predict(images);
        var persons = together.Predict(images);
        Assert.Equal([5, 0, 1], persons.Select(list => list.Length));
        Assert.Equal(images.SelectMany(image => image.Boxes), persons.SelectMany(list => list).Select(person => new ScoredBox(person.Box, person.Score)));
        foreach (var (one, other) in expected.SelectMany(list => list).Zip(persons.SelectMany(list => list)))
            AssertClose(one, other, 1e-2);
    }

    [Fact]
    public void Without_boxes_each_image_is_one_person_seen_in_full()
    {
        using var predictor = TestPoseModel.CreatePredictor();
        using Mat wide = TestImages.Pattern(200, 80), square = TestImages.Pattern(64, 64);
        var found = predictor.Estimate([wide, square]);
        Assert.Equal(new PersonBox(0, 0, 200, 80), Assert.Single(found[0]).Box);
        Assert.Equal(new PersonBox(0, 0, 64, 64), Assert.Single(found[1]).Box);
        var sure = found[0][0].Keypoints.Where(keypoint => keypoint.Score > 0.2).ToList();
        Assert.Equal(sure.Count == 0 ? 0 : sure.Average(keypoint => keypoint.Score), found[0][0].Score, 1e-5);
        // The wide image fills the input's width: 200 pixels come to 48.
        Assert.All(found[0][0].Keypoints, keypoint => Assert.InRange(keypoint.X, -1, 201));
    }

    [Fact]
    public void With_the_flip_test_a_mirrored_person_is_found_mirrored()
    {
        // Whole heatmap pixels, whose centres lie at 0, 4, …, 44 pixels of the input.
        var description = TestPoseModel.Describe(new HeatmapCodecConfig { FlipShift = false, Offset = QuarterOffset.None });
        using var predictor = TestPoseModel.CreatePredictor(TestPoseModel.Exact with { FlipTest = true }, description);
        using var plain = TestPoseModel.CreatePredictor(TestPoseModel.Exact, description);
        using Mat image = TestImages.Pattern(48, 64);
        using var crop = ImageTensor.FromBgr([image], Normalization.ImageNet);
        using var mirrored = crop.flip(3);
        var (keypoints, mirror) = (predictor.PredictCrops(crop)[0], predictor.PredictCrops(mirrored)[0]);
        for (var index = 0; index < keypoints.Length; index++)
        {
            var other = mirror[TestPersons.Coco.Mirrored[index]];
            Assert.Equal(keypoints[index].Score, other.Score, 1e-3);
            if (other.Score <= 0)
                continue;                                       // no peak, no place
            Assert.Equal(44 - keypoints[index].X, other.X, 0.1);
            Assert.Equal(keypoints[index].Y, other.Y, 0.1);
        }
        Assert.True(keypoints.Count(keypoint => keypoint.Score > 0) > 5);
        Assert.NotEqual(plain.PredictCrops(crop)[0], keypoints);
    }

    [Fact]
    public void Bfloat16_finds_nearly_the_same()
    {
        using var exact = TestPoseModel.CreatePredictor();
        using var rounded = TestPoseModel.CreatePredictor(new PredictorOptions { Precision = Precision.Bf16 });
        using var image = TestImages.Gradient(100, 120);
        PersonBox[] boxes = [new(10, 10, 60, 90), new(40, 20, 50, 80)];
        var scores = exact.Predict(image, boxes).SelectMany(person => person.Keypoints).Select(keypoint => keypoint.Score).ToList();
        var other = rounded.Predict(image, boxes).SelectMany(person => person.Keypoints).Select(keypoint => keypoint.Score);
        Assert.InRange(scores.Zip(other, (first, second) => Math.Abs(first - second)).Max(), 1e-7, 0.05 * scores.Max());
    }

    [Fact]
    public void Threads_share_a_predictor_and_nothing_is_left_behind()
    {
        using var predictor = TestPoseModel.CreatePredictor();
        using var image = TestImages.Pattern(100, 120);
        PersonBox[] boxes = [new(10, 10, 60, 90)];
        var expected = predictor.Predict(image, boxes)[0];
        var found = new Person[6];
        Parallel.For(0, found.Length, index => found[index] = predictor.Predict(image, boxes)[0]);
        Assert.All(found, person => Assert.Equal(expected.Keypoints, person.Keypoints));
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = TorchRuntime.Current.LiveTensors;
        for (var count = 0; count < 20; count++)
            predictor.Predict(image, boxes);
        Assert.Equal(before, TorchRuntime.Current.LiveTensors);
    }

    [Fact]
    public void Crops_of_a_loader_give_what_boxes_give()
    {
        using var predictor = TestPoseModel.CreatePredictor();
        using var image = TestImages.Pattern(48, 64);
        var crop = predictor.Description.CreateCodec().CropAround(24, 32, 48);
        var values = new float[64 * 48 * 3];
        new PersonCropper(64, 48, Normalization.ImageNet).Fill(image, crop.ToInput, values);
        using var batch = TorchSharp.torch.tensor(values).reshape(1, 64, 48, 3);
        using var input = batch.permute(0, 3, 1, 2);
        var keypoints = predictor.PredictCrops(input)[0];
        // An image of the input's size is its own crop.
        Assert.Equal(predictor.Estimate([image])[0][0].Keypoints, keypoints);
    }

    [Fact]
    public void Wrong_models_options_boxes_and_images_are_refused()
    {
        var fault = Assert.Throws<InputException>(() => TestPoseModel.CreatePredictor(TestPoseModel.Exact with { InputSize = [64, 64] }));
        Assert.Equal("This network sees each person at the size that it was trained with, 64 x 48; leave the input size out.", fault.Message);
        Assert.Throws<InputException>(() => TestPoseModel.CreatePredictor(TestPoseModel.Exact with { BatchSize = 0 }));
        using var predictor = TestPoseModel.CreatePredictor();
        using Mat image = TestImages.Pattern(40, 30), gray = new(30, 40, MatType.CV_8UC1);
        Assert.Throws<ArgumentException>(() => predictor.Predict(image, [new(3, 3, 0, 10)]));
        Assert.Throws<ArgumentException>(() => predictor.Predict(gray, [new(3, 3, 10, 10)]));
        using TestFolder folder = new();
        var other = Assert.Throws<InputException>(() => PoseEstimatorFactory.Load(TestModel.Save(folder), TestPoseModel.Exact));
        Assert.Contains("finds no keypoints: its model.type is not pose", other.Message, StringComparison.Ordinal);
        using var loaded = PoseEstimatorFactory.Load(TestPoseModel.Save(folder), TestPoseModel.Exact);
        Assert.Equal(predictor.Estimate([image])[0][0].Keypoints, loaded.Estimate([image])[0][0].Keypoints);
    }

    private static void AssertClose(Person expected, Person actual, double tolerance)
    {
        foreach (var (first, second) in expected.Keypoints.Zip(actual.Keypoints))
        {
            Assert.Equal(first.X, second.X, tolerance);
            Assert.Equal(first.Y, second.Y, tolerance);
            Assert.Equal(first.Score, second.Score, tolerance);
        }
    }
}

using OpenCvSharp;
using Seg.Models;
using Seg.Models.Codecs;
using Seg.Models.Configuration;
using Seg.Train.Datasets.Keypoints;
using Seg.Train.Tests.Datasets.Keypoints;
using Seg.Train.Transforms;

namespace Seg.Train.Tests.Transforms;

public sealed class PoseTransformTests : IDisposable
{
    private const int Height = 64, Width = 48;

    /// <summary>The crops of validation: nothing is drawn.</summary>
    private static readonly PoseAugmentationConfig Plain = new() { CropSize = [Height, Width], Scale = 0, Rotation = 0, Flip = 0, HalfBody = null };

    private static readonly KeypointCodec Codec = CodecFactory.Create(new HeatmapCodecConfig(), (Height, Width), MemoryPeople.Set);

    private readonly PersonSample sample = new MemoryPeople(1).Read(0);

    public void Dispose() => sample.Dispose();

    [Fact]
    public void Without_augmentation_a_sample_is_the_crop_of_its_box()
    {
        var (values, targets, weights) = Sample(Plain, sample, seed: 1);
        var crop = Codec.CropOf(sample.Person.Box);
        var expected = new float[Height * Width * 3];
        new Seg.Predict.Imaging.PersonCropper(Height, Width, Normalization.ImageNet).Fill(sample.Image, crop.ToInput, expected);
        var (expectedTargets, expectedWeights) = (new float[targets.Length], new float[5]);
        Codec.Encode([.. sample.Person.Keypoints.Select(point => Move(point, crop))], expectedTargets, expectedWeights);

        Assert.Equal(expected, values);
        Assert.Equal(expectedTargets, targets);
        Assert.Equal([1, 1, 1, 1, 0], weights);
    }

    [Fact]
    public void A_mirrored_sample_is_that_of_the_mirrored_image_with_left_and_right_exchanged()
    {
        var config = new PoseAugmentationConfig { CropSize = [Height, Width], HalfBody = new() { Probability = 0.5, Keypoints = 2 } };
        using var image = new Mat();
        Cv2.Flip(sample.Image, image, FlipMode.Y);
        var box = sample.Person.Box;
        PersonSample mirrored = new(image, sample.Person with
        {
            Box = box with { X = 59 - box.X - box.Width },
            Keypoints = [.. new[] { 0, 2, 1, 4, 3 }.Select(place => sample.Person.Keypoints[place]).Select(point => point.IsLabelled ? point with { X = 59 - point.X } : point)],
        });
        for (var seed = 0; seed < 20; seed++)
        {
            var flipped = Sample(config with { Flip = 1 }, sample, seed);
            var straight = Sample(config with { Flip = 0 }, mirrored, seed);
            Assert.Equal(straight.Weights, flipped.Weights);
            Assert.Equal(0, straight.Targets.Zip(flipped.Targets, (one, other) => Math.Abs(one - other)).Max(), 1e-4);
            // Places are rounded to 1/32 pixel, here from the right and there from the left.
            Assert.InRange(straight.Values.Zip(flipped.Values, (one, other) => Math.Abs(one - other)).Average(), 0, 0.06);
        }
    }

    [Fact]
    public void Keypoints_stay_on_what_they_mark()
    {
        // A white dot of three pixels at each labelled keypoint, and nothing else.
        using var image = new Mat(50, 60, MatType.CV_8UC3, Scalar.All(0));
        foreach (var point in sample.Person.Keypoints.Where(point => point.IsLabelled))
        {
            using var dot = image[new Rect((int)point.X - 1, (int)point.Y - 1, 3, 3)];
            dot.SetTo(Scalar.All(255));
        }
        var transform = new PoseTransform(new() { CropSize = [Height, Width], HalfBody = null, Rotation = 60 }, Normalization.ImageNet, Codec);
        var seen = 0;
        for (var seed = 0; seed < 30; seed++)
        {
            var keypoints = new LabelledKeypoint[5];
            using var crop = transform.Crop(new(image, sample.Person), new SplitMix64((ulong)seed), keypoints);
            foreach (var point in keypoints.Where(point => point.IsLabelled && point is { X: > 1 and < Width - 2, Y: > 1 and < Height - 2 }))
            {
                Assert.True(crop.At<Vec3b>((int)MathF.Round(point.Y), (int)MathF.Round(point.X)).Item0 > 150, $"seed {seed}: {point}");
                seen++;
            }
            Assert.Equal(4, keypoints.Count(point => point.IsLabelled));
            Assert.Equal(1, keypoints.Count(point => point.Visibility == 1));
        }
        Assert.True(seen > 80);
    }

    [Fact]
    public void Scale_angle_and_mirroring_are_drawn_as_in_the_authors_code()
    {
        var config = new PoseAugmentationConfig { CropSize = [Height, Width], HalfBody = null };
        var (scales, angles, flips) = (new List<double>(), new List<double>(), 0);
        const int Draws = 4000;
        var plain = Codec.CropOf(sample.Person.Box).ToInput;
        var transform = new PoseTransform(config, Normalization.ImageNet, Codec);
        for (var seed = 0; seed < Draws; seed++)
        {
            var keypoints = new LabelledKeypoint[5];
            transform.Crop(sample, SplitMix64.For(3, 0, seed), keypoints).Dispose();
            // From nose to left hand: its length tells the scale, its direction the angle, the side of the foot the mirroring.
            var isFlipped = !keypoints[3].IsLabelled;
            var hand = isFlipped ? keypoints[2] : keypoints[1];
            var (dx, dy) = (hand.X - keypoints[0].X, hand.Y - keypoints[0].Y);
            scales.Add(Math.Sqrt(128) * plain.XX / Math.Sqrt(dx * dx + dy * dy));
            var angle = Math.Atan2(dy, isFlipped ? -dx : dx) - Math.Atan2(8, 8);
            angles.Add(Math.IEEERemainder(angle * 180 / Math.PI, 360) * (isFlipped ? -1 : 1));
            flips += isFlipped ? 1 : 0;
        }
        Assert.Equal((0.65, 1.35), (Math.Round(scales.Min(), 3), Math.Round(scales.Max(), 3)));
        Assert.InRange(scales.Average(), 0.985, 1.015);
        // A normal number clipped at one deviation stays unclipped in 68.3 % of the cases.
        Assert.InRange(scales.Count(scale => Math.Abs(scale - 1) < 0.3499) / (double)Draws, 0.66, 0.705);
        Assert.InRange(angles.Count(angle => Math.Abs(angle) < 1e-3) / (double)Draws, 0.38, 0.42);
        Assert.Equal(90, angles.Max(Math.Abs), 1e-2);
        Assert.InRange(angles.Count(angle => Math.Abs(angle) > 45) / (0.6 * Draws), 0.29, 0.345);
        Assert.InRange(flips / (double)Draws, 0.475, 0.525);
    }

    [Fact]
    public void Cutout_hides_pixels_and_keeps_keypoints()
    {
        var cut = Plain with { Cutout = new() { Holes = [1, 1], Size = [0.5, 0.5], Probability = 1 } };
        var (values, targets, weights) = Sample(cut, sample, seed: 5);
        var whole = Sample(Plain, sample, seed: 5);

        Assert.Equal(whole.Targets, targets);
        Assert.Equal(whole.Weights, weights);
        var hidden = Enumerable.Range(0, Height * Width).Count(pixel => Math.Abs(values[3 * pixel]) < 0.02 && values[3 * pixel] != whole.Values[3 * pixel]);
        Assert.InRange(hidden, Height * Width / 4 - 40, Height * Width / 4);
    }

    [Fact]
    public void Photometric_changes_colours_alone()
    {
        var (values, targets, _) = Sample(Plain with { Photometric = new() }, sample, seed: 8);
        var whole = Sample(Plain, sample, seed: 8);
        Assert.Equal(whole.Targets, targets);
        Assert.NotEqual(whole.Values, values);
        Assert.Equal(whole.Values, Sample(Plain with { Photometric = new() { Brightness = 0, Contrast = [1, 1], Saturation = [1, 1], Hue = 0 } }, sample, seed: 8).Values);
    }

    private static (float[] Values, float[] Targets, float[] Weights) Sample(PoseAugmentationConfig config, PersonSample sample, int seed)
    {
        var (values, targets, weights) = (new float[Height * Width * 3], new float[5 * Height / 4 * Width / 4], new float[5]);
        new PoseTransform(config, Normalization.ImageNet, Codec).Apply(sample, new SplitMix64((ulong)seed), values, targets, weights);
        return (values, targets, weights);
    }

    private static LabelledKeypoint Move(LabelledKeypoint point, PersonCrop crop)
    {
        var (x, y) = crop.ToInput.Apply(point.X, point.Y);
        return point.IsLabelled ? new((float)x, (float)y, point.Visibility) : default;
    }
}

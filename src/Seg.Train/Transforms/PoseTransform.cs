using System.Buffers;
using OpenCvSharp;
using Seg.Models;
using Seg.Models.Codecs;
using Seg.Predict.Imaging;
using Seg.Train.Datasets.Keypoints;

namespace Seg.Train.Transforms;

/// <summary>Makes a training sample of a person: half a body at times, scaled, turned, mirrored, cropped, recoloured, and its keypoints encoded.</summary>
/// <remarks>
/// The geometry is that of the official HRNet code (<c>JointsDataset.__getitem__</c>), in one warp. Which numbers are drawn depends on the sequence
/// alone. Holds no state: any number of threads may use one.
/// </remarks>
public sealed class PoseTransform
{
    private readonly PoseAugmentationConfig config;
    private readonly KeypointCodec codec;
    private readonly CropPainter painter;
    private readonly HalfBody halfBody;
    private readonly int[] mirrored;

    /// <param name="config">Its crop size is the codec's input size.</param>
    /// <param name="normalization">How pixels become network input.</param>
    /// <param name="codec">Makes crops and targets.</param>
    public PoseTransform(PoseAugmentationConfig config, Normalization normalization, KeypointCodec codec)
    {
        (this.config, this.codec) = (config, codec);
        var (height, width) = codec.InputSize;
        painter = new CropPainter(new PersonCropper(height, width, normalization), normalization, config.Photometric, config.Cutout);
        halfBody = new HalfBody(config.HalfBody ?? new HalfBodyConfig { Probability = 0 }, codec.Keypoints, (double)width / height);
        mirrored = codec.Keypoints.Mirrored;
    }

    /// <param name="sample">Its keypoints are those of the codec.</param>
    /// <param name="random">The sample's own sequence.</param>
    /// <param name="values">Receives height · width · 3 normalised numbers, by row, then pixel, then R, G, B.</param>
    /// <param name="targets">Receives what the codec encodes.</param>
    /// <param name="weights">Receives what each keypoint counts: 0 or 1.</param>
    public void Apply(PersonSample sample, SplitMix64 random, Span<float> values, Span<float> targets, Span<float> weights)
    {
        var memory = ArrayPool<LabelledKeypoint>.Shared.Rent(mirrored.Length);
        var keypoints = memory.AsSpan(0, mirrored.Length);
        var map = Place(sample, ref random, keypoints);
        painter.Fill(sample.Image, map, ref random, values);
        codec.Encode(keypoints, targets, weights);
        ArrayPool<LabelledKeypoint>.Shared.Return(memory);
    }

    /// <summary>The same crop in 8-bit BGR, for people to look at.</summary>
    /// <param name="sample">Its keypoints are those of the codec.</param>
    /// <param name="random">The sample's own sequence.</param>
    /// <param name="keypoints">Receives the person's keypoints in pixels of the crop, one a keypoint of the codec.</param>
    /// <returns>CV_8UC3 of the codec's input size.</returns>
    public Mat Crop(PersonSample sample, SplitMix64 random, Span<LabelledKeypoint> keypoints)
    {
        var map = Place(sample, ref random, keypoints);
        var crop = new Mat(codec.InputSize.Height, codec.InputSize.Width, MatType.CV_8UC3);
        painter.Draw(sample.Image, map, ref random, crop);
        return crop;
    }

    /// <summary>Draws where the crop lies.</summary>
    /// <param name="keypoints">Receives the keypoints in pixels of the crop.</param>
    /// <returns>From image pixels to pixels of the crop.</returns>
    private AffineMap Place(PersonSample sample, ref SplitMix64 random, Span<LabelledKeypoint> keypoints)
    {
        var person = sample.Person;
        var half = halfBody.Draw(person.Keypoints, ref random);
        var scale = Math.Clamp(1 + config.Scale * random.NextNormal(), 1 - config.Scale, 1 + config.Scale);
        var angle = Math.Clamp(config.Rotation * random.NextNormal(), -2 * config.Rotation, 2 * config.Rotation);
        var rotation = random.NextDouble() < config.RotationProbability ? angle : 0;
        var flip = random.NextDouble() < config.Flip;

        // Mirroring comes first in the official code: what is cut out of the mirrored image lies at the mirrored place.
        var last = sample.Image.Cols - 1;
        var crop = half is var (x, y, width)
            ? codec.CropAround(flip ? last - x : x, y, width * scale, rotation)
            : codec.CropOf(flip ? person.Box with { X = last - person.Box.X - person.Box.Width } : person.Box, rotation, scale);
        var map = flip ? OfMirrored(crop.ToInput, last) : crop.ToInput;
        for (var i = 0; i < keypoints.Length; i++)
            keypoints[flip ? mirrored[i] : i] = Move(person.Keypoints[i], map);
        return map;
    }

    /// <summary>A map of a mirrored image as one of the image itself.</summary>
    /// <param name="last">The image's last column.</param>
    private static AffineMap OfMirrored(AffineMap map, int last) =>
        new(-map.XX, map.XY, map.XX * last + map.X0, -map.YX, map.YY, map.YX * last + map.Y0);

    private static LabelledKeypoint Move(LabelledKeypoint keypoint, AffineMap map)
    {
        if (!keypoint.IsLabelled)
            return default;
        var (x, y) = map.Apply(keypoint.X, keypoint.Y);
        return new((float)x, (float)y, keypoint.Visibility);
    }
}

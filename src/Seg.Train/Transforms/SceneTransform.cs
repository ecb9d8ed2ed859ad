using Seg.Models;
using Seg.Models.Codecs;
using Seg.Predict.Imaging;
using Seg.Train.Datasets.Keypoints;

namespace Seg.Train.Transforms;

/// <summary>Makes a training sample of a whole image: turned, scaled, moved, mirrored, recoloured, and everybody in it encoded.</summary>
/// <remarks>
/// The geometry is that of DEKR's authors (<c>RandomAffineTransform</c>, <c>RandomHorizontalFlip</c>), in one warp. Two of their accidents are not kept: a person's
/// size is that of the box about its labelled keypoints (theirs reaches to the image's corner, as the missing ones count as being there), and boxes, not outlines,
/// say where people are whose keypoints are not known. Which numbers are drawn depends on the sequence alone. Holds no state: any number of threads may use one.
/// </remarks>
internal sealed class SceneTransform
{
    private readonly SceneAugmentationConfig config;
    private readonly DekrCodec codec;
    private readonly PersonCropper cropper;
    private readonly CropPainter painter;
    private readonly int[] mirrored;

    /// <param name="normalization">How pixels become network input.</param>
    /// <param name="codec">Makes targets.</param>
    public SceneTransform(SceneAugmentationConfig config, Normalization normalization, DekrCodec codec)
    {
        (this.config, this.codec, mirrored) = (config, codec, codec.Keypoints.Mirrored);
        cropper = new PersonCropper(config.Size[0], config.Size[1], normalization);
        painter = new CropPainter(cropper, normalization, config.Photometric, cutout: null);
    }

    /// <param name="sample">Its keypoints are those of the codec.</param>
    /// <param name="random">The sample's own sequence.</param>
    /// <param name="values">Receives height · width · 3 normalised numbers, by row, then pixel, then R, G, B.</param>
    /// <param name="targets">Receives what the codec encodes.</param>
    /// <param name="weights">Receives what each of these numbers counts.</param>
    public void Apply(SceneSample sample, SplitMix64 random, Span<float> values, Span<float> targets, Span<float> weights)
    {
        var (map, isMirrored) = Place(sample.Image.Cols, sample.Image.Rows, ref random);
        painter.Fill(sample.Image, isMirrored ? Mirror(map) : map, ref random, values);
        ScenePerson[] persons = [.. sample.Scene.People.Select(person => Move(person, map, isMirrored))];
        codec.Encode(persons, (cropper.Height, cropper.Width), Mask(sample.Scene, map, isMirrored), targets, weights);
    }

    /// <summary>Draws where the input lies in the image, and whether it is mirrored after that.</summary>
    private (AffineMap ToInput, bool IsMirrored) Place(int width, int height, ref SplitMix64 random)
    {
        var shorter = Math.Min(cropper.Width, cropper.Height);
        var shown = Math.Min(width, height) * (config.Scale[0] + random.NextDouble() * (config.Scale[1] - config.Scale[0]));
        var angle = (random.NextDouble() * 2 - 1) * config.Rotation;
        var centerX = width / 2.0 + (random.NextDouble() * 2 - 1) * config.Translation * shown;
        var centerY = height / 2.0 + (random.NextDouble() * 2 - 1) * config.Translation * shown;
        var flip = random.NextDouble() < config.Flip;

        var zoom = shorter / shown;
        var (sine, cosine) = Math.SinCos(double.DegreesToRadians(angle));
        AffineMap map = new(
            zoom * cosine, zoom * sine, cropper.Width * 0.5 - zoom * (cosine * centerX + sine * centerY),
            -zoom * sine, zoom * cosine, cropper.Height * 0.5 - zoom * (cosine * centerY - sine * centerX));
        return (map, flip);
    }

    /// <summary>The map whose result is that of another, mirrored pixel by pixel.</summary>
    private AffineMap Mirror(AffineMap map) => map with { XX = -map.XX, XY = -map.XY, X0 = cropper.Width - 1 - map.X0 };

    private ScenePerson Move(PersonAnnotation person, AffineMap map, bool isMirrored)
    {
        var moved = new LabelledKeypoint[mirrored.Length];
        for (var keypoint = 0; keypoint < moved.Length; keypoint++)
        {
            if (!person.Keypoints[keypoint].IsLabelled)
                continue;
            var (x, y) = map.Apply(person.Keypoints[keypoint].X, person.Keypoints[keypoint].Y);
            moved[isMirrored ? mirrored[keypoint] : keypoint] =
                new(isMirrored ? codec.MirrorX((float)x, cropper.Width) : (float)x, (float)y, person.Keypoints[keypoint].Visibility);
        }
        var zoom = map.XX * map.YY - map.XY * map.YX;
        return new ScenePerson(moved, Math.Max(1, SquaredDiagonal(person.Keypoints) * zoom), person.Area >= codec.LeastArea);
    }

    /// <summary>Of the box about the labelled keypoints, in image pixels².</summary>
    private static double SquaredDiagonal(LabelledKeypoint[] keypoints)
    {
        var labelled = keypoints.Where(keypoint => keypoint.IsLabelled).ToArray();
        double width = labelled.Max(keypoint => keypoint.X) - labelled.Min(keypoint => keypoint.X);
        double height = labelled.Max(keypoint => keypoint.Y) - labelled.Min(keypoint => keypoint.Y);
        return width * width + height * height;
    }

    /// <summary>0 at the map positions that lie in boxes of people whose keypoints are not known; empty where there are none.</summary>
    private byte[] Mask(SceneAnnotation scene, AffineMap map, bool isMirrored)
    {
        if (scene.Unannotated.Count == 0)
            return [];
        var shape = codec.TargetShape((cropper.Height, cropper.Width));
        var (height, width, stride) = (shape[1], shape[2], (float)cropper.Width / shape[2]);
        var toImage = map.Inverse();
        var mask = new byte[height * width];
        for (var position = 0; position < mask.Length; position++)
        {
            var inputX = position % width * stride;
            var (x, y) = toImage.Apply(isMirrored ? codec.MirrorX(inputX, cropper.Width) : inputX, position / width * stride);
            var isHidden = scene.Unannotated.Any(box => x >= box.X && x <= box.Right && y >= box.Y && y <= box.Bottom);
            mask[position] = isHidden ? (byte)0 : (byte)1;
        }
        return mask;
    }
}

using System.Runtime.InteropServices;
using Seg.Models.Configuration;
using TorchSharp;
using static TorchSharp.torch;

namespace Seg.Models.Codecs;

/// <summary>
/// DEKR's targets and persons: heatmaps of the keypoints and of persons' centres, and about each centre where the person's keypoints lie. Encode, decode and the
/// flip test of whole images.
/// </summary>
/// <remarks>
/// Geng et al., arXiv:2104.02300; in the authors' code <c>HeatmapGenerator</c>, <c>OffsetGenerator</c>, <c>offset_to_pose</c>, <c>aggregate_results</c> at one
/// scale, and <c>pose_nms</c>. Maps are (K + 1, h, w) heatmaps, the last of centres, and (2K, h, w) offsets, x and y of (position − keypoint) for each keypoint;
/// h and w are those of the input over the stride. The authors' rescoring net, a small network of its own (0.6 AP by their account), is not here.
/// Deviations: persons without a labelled keypoint have no centre (theirs get one at the image's corner). Instances may be used by any number of threads.
/// </remarks>
public sealed class DekrCodec
{
    /// <summary>σ to either side that a Gaussian is drawn.</summary>
    private const double Reach = 3;

    /// <summary>Maps whose mean extent is above these have wider peaks: 7, 5, else 3 positions (POOL_THRESHOLD1 and 2).</summary>
    private const double VeryLarge = 300, Large = 200;

    private readonly DekrCodecConfig config;
    private readonly int[] mirrored;

    public DekrCodec(DekrCodecConfig config, KeypointSet keypoints) => (this.config, Keypoints, mirrored) = (config, keypoints, keypoints.Mirrored);

    public KeypointSet Keypoints { get; }

    /// <summary>How many pixels a mirrored input is moved to the left before the network sees it; its last columns stay where they are.</summary>
    public int FlipShift => config.FlipShift ? config.Stride - 1 : 0;

    /// <summary>Persons of a smaller area in their image have no centre.</summary>
    public double LeastArea => config.LeastArea;

    /// <summary>[3K + 1, h, w]: heatmaps, then offsets, of inputs of this size.</summary>
    public int[] TargetShape((int Height, int Width) inputSize) =>
        [3 * Keypoints.Count + 1, inputSize.Height / config.Stride, inputSize.Width / config.Stride];

    /// <summary>Where a keypoint at this place of an input lies in the mirrored input, by the authors' rule or exactly.</summary>
    /// <param name="x">In input pixels.</param>
    /// <param name="width">Of the input, in pixels.</param>
    public float MirrorX(float x, int width) => width - 1 - FlipShift - x;

    /// <summary>Writes what the network is to give for an image, and what each number of it counts in the loss.</summary>
    /// <param name="persons">All persons of the image.</param>
    /// <param name="inputSize">In pixels; multiples of the stride.</param>
    /// <param name="mask">One a map position, row by row: 0 where persons are that are not annotated, else 1. Empty: 1 everywhere.</param>
    /// <param name="targets">All numbers of <see cref="TargetShape"/>; what was in them does not matter.</param>
    /// <param name="weights">Likewise.</param>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    public void Encode(
        IReadOnlyList<ScenePerson> persons, (int Height, int Width) inputSize, ReadOnlySpan<byte> mask, Span<float> targets, Span<float> weights)
    {
        var shape = TargetShape(inputSize);
        var (height, width) = (shape[1], shape[2]);
        var (plane, heatmaps) = (height * width, (Keypoints.Count + 1) * height * width);
        if (targets.Length != shape[0] * plane || weights.Length != targets.Length || (mask.Length != 0 && mask.Length != plane))
            throw new ArgumentException($"{targets.Length} targets, {weights.Length} weights and {mask.Length} of a mask are not those of maps ({string.Join(", ", shape)}).");
        targets.Clear();
        weights[..heatmaps].Fill((float)config.BackgroundWeight);
        weights[heatmaps..].Clear();
        var areas = new float[plane];
        foreach (var person in persons)
        {
            EncodeHeatmaps(person, height, width, targets[..heatmaps], weights[..heatmaps]);
            EncodeOffsets(person, height, width, targets[heatmaps..], weights[heatmaps..], areas);
        }
        for (var at = 0; at < heatmaps && mask.Length > 0; at++)
            weights[at] *= mask[at % plane];
    }

    /// <summary>Finds the persons in a network's outputs for one image.</summary>
    /// <param name="heatmaps">Floating-point (K + 1, h, w), on any device.</param>
    /// <param name="offsets">Floating-point (2K, h, w).</param>
    /// <returns>In the authors' order: not by score.</returns>
    /// <exception cref="ArgumentException">The outputs have another shape.</exception>
    public ScenePose[] Decode(Tensor heatmaps, Tensor offsets)
    {
        var count = Keypoints.Count;
        if (heatmaps.Dimensions != 3 || offsets.Dimensions != 3 || heatmaps.shape[0] != count + 1 || offsets.shape[0] != 2 * count
            || !heatmaps.shape[1..].SequenceEqual(offsets.shape[1..]))
        {
            throw new ArgumentException($"The network gives ({string.Join(", ", heatmaps.shape)}) and ({string.Join(", ", offsets.shape)}); with {count} keypoints " +
                $"they are ({count + 1}, h, w) and ({2 * count}, h, w).");
        }
        SceneMaps maps = new(Values(heatmaps), Values(offsets), (int)heatmaps.shape[1], (int)heatmaps.shape[2], config.Stride);
        var reach = ((maps.Height + maps.Width) / 2.0) switch { > VeryLarge => 3, > Large => 2, _ => 1 };
        var found = maps.Centers(count, reach, config.CenterThreshold, config.MaxPersons).Select(center => maps.PoseAt(center.Position, center.Value, count)).ToArray();
        return [.. PoseSuppression.Keep(found, config.NmsDistance, config.NmsKeypoints).Select(kept => found[kept].Pose)];
    }

    /// <summary>Turns the heatmaps of a mirrored input into those of the input itself, to be averaged with them.</summary>
    /// <param name="heatmaps">(N, K + 1, h, w).</param>
    public Tensor FlipBackHeatmaps(Tensor heatmaps)
    {
        using var scope = NewDisposeScope();
        return heatmaps.index_select(1, tensor([.. mirrored, mirrored.Length], device: heatmaps.device)).flip(3).MoveToOuterDisposeScope();
    }

    /// <summary>Turns the offsets of a mirrored input into those of the input itself, to be averaged with them.</summary>
    /// <param name="offsets">(N, 2K, h, w).</param>
    public Tensor FlipBackOffsets(Tensor offsets)
    {
        using var scope = NewDisposeScope();
        int[] channels = [.. mirrored.SelectMany(keypoint => new[] { 2 * keypoint, 2 * keypoint + 1 })];
        var signs = tensor([.. channels.Select(channel => channel % 2 == 0 ? -1f : 1f)], dtype: offsets.dtype, device: offsets.device).view(1, -1, 1, 1);
        return (offsets.index_select(1, tensor(channels, device: offsets.device)).flip(3) * signs).MoveToOuterDisposeScope();
    }

    private void EncodeHeatmaps(ScenePerson person, int height, int width, Span<float> targets, Span<float> weights)
    {
        var plane = height * width;
        for (var keypoint = 0; keypoint < Keypoints.Count; keypoint++)
        {
            if (person.Keypoints[keypoint].IsLabelled)
                Draw(ToMap(person.Keypoints[keypoint]), config.Sigma, height, width, targets.Slice(keypoint * plane, plane), weights.Slice(keypoint * plane, plane));
        }
        if (Center(person) is { } center)
            Draw(center, config.CenterSigma, height, width, targets[^plane..], weights[^plane..]);
    }

    /// <summary>The higher one counts where Gaussians meet, and everything within their windows counts in full.</summary>
    private static void Draw((double X, double Y) at, double sigma, int height, int width, Span<float> target, Span<float> weights)
    {
        if (at.X < 0 || at.Y < 0 || at.X >= width || at.Y >= height)
            return;
        var (left, right) = Window(at.X, sigma, width);
        var (top, bottom) = Window(at.Y, sigma, height);
        for (var y = top; y < bottom; y++)
        {
            for (var x = left; x < right; x++)
            {
                var value = Math.Exp(-((x - at.X) * (x - at.X) + (y - at.Y) * (y - at.Y)) / (2 * sigma * sigma));
                ref var place = ref target[y * width + x];
                place = Math.Max(place, (float)value);
            }
            weights[(y * width + left)..(y * width + right)].Fill(1);
        }
    }

    private static (int Start, int End) Window(double place, double sigma, int extent) =>
        (Math.Max(0, (int)Math.Floor(place - Reach * sigma - 1)), Math.Min(extent, (int)Math.Ceiling(place + Reach * sigma + 2)));

    /// <summary>Where persons' surroundings meet, the smaller person's offsets stand.</summary>
    private void EncodeOffsets(ScenePerson person, int height, int width, Span<float> targets, Span<float> weights, float[] areas)
    {
        if (Center(person) is not { } center)
            return;
        var (plane, weight) = (height * width, (float)(1 / Math.Sqrt(person.Area)));
        int centerX = (int)center.X, centerY = (int)center.Y;
        if (centerX < 0 || centerY < 0 || centerX >= width || centerY >= height)
            return;
        for (var keypoint = 0; keypoint < Keypoints.Count; keypoint++)
        {
            var (x, y) = ToMap(person.Keypoints[keypoint]);
            if (!person.Keypoints[keypoint].IsLabelled || x < 0 || y < 0 || x >= width || y >= height)
                continue;
            for (var row = Math.Max(centerY - config.OffsetRadius, 0); row < Math.Min(centerY + config.OffsetRadius, height); row++)
            {
                for (var column = Math.Max(centerX - config.OffsetRadius, 0); column < Math.Min(centerX + config.OffsetRadius, width); column++)
                {
                    var (position, atX, atY) = (row * width + column, 2 * keypoint * plane + row * width + column, (2 * keypoint + 1) * plane + row * width + column);
                    var isTaken = targets[atX] != 0 || targets[atY] != 0;
                    if (isTaken && areas[position] < (float)person.Area)
                        continue;
                    (targets[atX], targets[atY]) = ((float)(column - x), (float)(row - y));
                    (weights[atX], weights[atY], areas[position]) = (weight, weight, (float)person.Area);
                }
            }
        }
    }

    /// <summary>The mean of the labelled keypoints, in map positions; null where the person has no centre.</summary>
    private (double X, double Y)? Center(ScenePerson person)
    {
        var labelled = person.Keypoints.Where(keypoint => keypoint.IsLabelled).Select(ToMap).ToArray();
        return person.HasCenter && labelled.Length > 0 ? (labelled.Average(place => place.X), labelled.Average(place => place.Y)) : null;
    }

    private (double X, double Y) ToMap(LabelledKeypoint keypoint) => ((double)keypoint.X / config.Stride, (double)keypoint.Y / config.Stride);

    private static float[] Values(Tensor maps)
    {
        using var scope = NewDisposeScope();
        return MemoryMarshal.Cast<byte, float>(maps.detach().to_type(ScalarType.Float32).cpu().contiguous().bytes).ToArray();
    }
}

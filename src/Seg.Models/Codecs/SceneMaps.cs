namespace Seg.Models.Codecs;

/// <summary>DEKR's outputs for one image, as numbers: where centres are, and what the maps say of a person about one of them.</summary>
/// <param name="heatmaps">(K + 1, h, w), row by row; the last of centres.</param>
/// <param name="offsets">(2K, h, w).</param>
/// <param name="height">h.</param>
/// <param name="width">w.</param>
/// <param name="stride">Input pixels between two positions.</param>
internal sealed class SceneMaps(float[] heatmaps, float[] offsets, int height, int width, int stride)
{
    private readonly int plane = height * width;

    public int Height => height;

    public int Width => width;

    /// <summary>The highest peaks of the centres' heatmap, highest first.</summary>
    /// <param name="map">Index of that heatmap.</param>
    /// <param name="reach">A peak is the highest so many positions to every side, or as high as others there.</param>
    /// <param name="threshold">Peaks must be above it.</param>
    /// <param name="most">How many at most.</param>
    public IEnumerable<(int Position, float Value)> Centers(int map, int reach, double threshold, int most)
    {
        var values = heatmaps.AsMemory(map * plane, plane);
        return Enumerable.Range(0, plane).Where(position => values.Span[position] > threshold && IsPeak(values.Span, position, reach))
            .Select(position => (position, values.Span[position])).OrderByDescending(peak => peak.Item2).Take(most);
    }

    /// <summary>The person whose centre is at a position.</summary>
    /// <param name="position">Index in the map.</param>
    /// <param name="value">Of the centres' heatmap there.</param>
    /// <param name="keypoints">K.</param>
    /// <returns>The person, each keypoint scored by centre and heatmap, and the mean of the heatmaps alone.</returns>
    public (ScenePose Pose, float Heat) PoseAt(int position, float value, int keypoints)
    {
        var joints = new Keypoint[keypoints];
        float heat = 0, score = 0;
        for (var keypoint = 0; keypoint < keypoints; keypoint++)
        {
            var x = stride * (position % width - offsets[2 * keypoint * plane + position]);
            var y = stride * (position / width - offsets[(2 * keypoint + 1) * plane + position]);
            var own = HeatAt(keypoint, x, y);
            joints[keypoint] = new Keypoint(x, y, value * own);
            heat += own;
            score += value * own;
        }
        return (new ScenePose(joints, score / keypoints), heat / keypoints);
    }

    private bool IsPeak(ReadOnlySpan<float> map, int position, int reach)
    {
        var (x, y, value) = (position % width, position / width, map[position]);
        for (var row = Math.Max(0, y - reach); row <= Math.Min(height - 1, y + reach); row++)
        {
            for (var column = Math.Max(0, x - reach); column <= Math.Min(width - 1, x + reach); column++)
            {
                if (map[row * width + column] > value)
                    return false;
            }
        }
        return true;
    }

    /// <summary>
    /// A heatmap's value at the whole input pixel at or before a place: the authors bring the heatmaps to the input's size by bilinear interpolation between
    /// positions, and repeat the last row and column beyond; this computes the one value.
    /// </summary>
    private float HeatAt(int map, float x, float y)
    {
        var (column, shareX) = Between(x, width);
        var (row, shareY) = Between(y, height);
        var at = map * plane + row * width + column;
        var (right, below) = (column + 1 < width ? 1 : 0, row + 1 < height ? width : 0);
        var upper = heatmaps[at] * (1 - shareX) + heatmaps[at + right] * shareX;
        var lower = heatmaps[at + below] * (1 - shareX) + heatmaps[at + below + right] * shareX;
        return upper * (1 - shareY) + lower * shareY;
    }

    private (int Before, float Share) Between(float place, int extent)
    {
        var pixel = (int)Math.Clamp(MathF.Floor(place), 0, extent * stride - 1);
        return pixel / stride >= extent - 1 ? (extent - 1, 0) : (pixel / stride, (float)(pixel % stride) / stride);
    }
}

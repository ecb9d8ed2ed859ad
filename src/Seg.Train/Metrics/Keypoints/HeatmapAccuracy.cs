using static TorchSharp.torch;

namespace Seg.Train.Metrics.Keypoints;

/// <summary>How often the highest value of a heatmap lies near that of its target: a quick figure for training, without decoding.</summary>
/// <remarks>
/// <c>accuracy</c> of HRNet's authors and <c>pose_pck_accuracy</c> of mmpose, two measures with one name. Both divide the distance along x by the
/// heatmap's height and that along y by its width; this is kept, as the figures are compared.
/// </remarks>
public static class HeatmapAccuracy
{
    /// <summary>The authors': within half a tenth of the heatmap; targets whose peak is in the first two rows or columns do not count.</summary>
    /// <param name="output">float32 (N, K, h, w).</param>
    /// <param name="target">Likewise.</param>
    public static PckScore OfAuthors(Tensor output, Tensor target)
    {
        const double Threshold = 0.5, Share = 10;
        var (outputs, targets) = (Peaks.Of(output), Peaks.Of(target));
        return Score(outputs, targets, Threshold, outputs.Height / Share, outputs.Width / Share, missing: 0,
            (sample, keypoint) => targets.At(sample, keypoint, missing: 0) is { X: > 1, Y: > 1 });
    }

    /// <summary>mmpose's.</summary>
    /// <param name="output">float32 (N, K, h, w).</param>
    /// <param name="target">Likewise.</param>
    /// <param name="isVisible">Of [sample][keypoint]; others do not count.</param>
    /// <param name="threshold">As a share of the heatmap.</param>
    public static PckScore OfMmpose(Tensor output, Tensor target, bool[][] isVisible, double threshold = 0.05)
    {
        var (outputs, targets) = (Peaks.Of(output), Peaks.Of(target));
        return Score(outputs, targets, threshold, outputs.Height, outputs.Width, missing: -1, (sample, keypoint) => isVisible[sample][keypoint]);
    }

    private static PckScore Score(
        Peaks outputs, Peaks targets, double threshold, double unitX, double unitY, int missing, Func<int, int, bool> counts)
    {
        int[] right = new int[outputs.Keypoints], counted = new int[outputs.Keypoints];
        for (var sample = 0; sample < outputs.Samples; sample++)
        {
            for (var keypoint = 0; keypoint < outputs.Keypoints; keypoint++)
            {
                if (!counts(sample, keypoint))
                    continue;
                var (x, y) = outputs.At(sample, keypoint, missing);
                var (trueX, trueY) = targets.At(sample, keypoint, missing);
                counted[keypoint]++;
                if (double.Hypot((x - trueX) / unitX, (y - trueY) / unitY) < threshold)
                    right[keypoint]++;
            }
        }
        return new([.. right.Zip(counted, (hits, count) => count == 0 ? double.NaN : (double)hits / count)], counted);
    }

    /// <summary>The highest value of each heatmap and where it is.</summary>
    private sealed record Peaks(int Samples, int Keypoints, int Height, int Width, long[] Places, float[] Values)
    {
        public static Peaks Of(Tensor heatmaps)
        {
            using var scope = NewDisposeScope();
            var (values, places) = heatmaps.detach().to_type(ScalarType.Float32).flatten(2).max(-1);
            return new((int)heatmaps.shape[0], (int)heatmaps.shape[1], (int)heatmaps.shape[2], (int)heatmaps.shape[3],
                places.cpu().contiguous().data<long>().ToArray(), values.cpu().contiguous().data<float>().ToArray());
        }

        /// <summary>In heatmap pixels; (missing, missing) where no value is above 0.</summary>
        public (long X, long Y) At(int sample, int keypoint, int missing)
        {
            var index = sample * Keypoints + keypoint;
            return Values[index] > 0 ? (Places[index] % Width, Places[index] / Width) : (missing, missing);
        }
    }
}

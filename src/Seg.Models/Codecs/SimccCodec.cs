using Seg.Models.Configuration;
using TorchSharp;
using static TorchSharp.torch;

namespace Seg.Models.Codecs;

/// <summary>
/// SimCC: the columns and the rows of the input, each split into bins, are classes, and targets are Gaussians over them; decoded as the
/// likeliest bin of each.
/// </summary>
/// <remarks>
/// Li et al., "SimCC: a Simple Coordinate Classification Perspective for Human Pose Estimation", ECCV 2022, arXiv:2107.03332; Jiang et al.,
/// "RTMPose", arXiv:2303.07399; <c>SimCCLabel</c> in mmpose.
/// Targets and outputs are (K, columns' bins + rows' bins), the bins of columns first. The score is the lesser of the two maxima, as the
/// network gives them.
/// </remarks>
public sealed class SimccCodec : KeypointCodec
{
    private const float Reach = GaussianWindow.Reach;

    private readonly SimccCodecConfig config;
    private readonly int rows;
    private readonly float sigmaX, sigmaY;

    internal SimccCodec(SimccCodecConfig config, (int Height, int Width) inputSize, KeypointSet keypoints)
        : base(inputSize, keypoints, config.Padding, [config.Bins(inputSize.Width) + config.Bins(inputSize.Height)], scratchLength: 0)
    {
        this.config = config;
        (Columns, rows) = (config.Bins(inputSize.Width), config.Bins(inputSize.Height));
        (sigmaX, sigmaY) = config.Sigma is [var x, var y] ? ((float)x, (float)y) : (UsualSigma(Columns), UsualSigma(rows));
    }

    /// <summary>Bins of the columns, which stand first.</summary>
    public int Columns { get; }

    private protected override bool EncodeOne(float x, float y, Span<float> target, Span<float> scratch)
    {
        var (column, row) = (Bin(x), Bin(y));
        if (IsOutside(column, sigmaX, Columns) || IsOutside(row, sigmaY, rows))
            return false;
        Fill(target[..Columns], column, sigmaX);
        Fill(target[Columns..], row, sigmaY);
        return true;
    }

    private protected override Keypoint DecodeOne(ReadOnlySpan<float> output, Span<float> scratch)
    {
        var (column, scoreX) = Likeliest(output[..Columns]);
        var (row, scoreY) = Likeliest(output[Columns..]);
        var score = Math.Min(scoreX, scoreY);
        if (!(score > 0))
            column = row = config.NoPeak == NoPeak.Origin ? 0 : -1;
        return new((float)(column / config.SplitRatio), (float)(row / config.SplitRatio), score);
    }

    private protected override Tensor Unmirror(Tensor output)
    {
        var mirrored = output.narrow(2, 0, Columns).flip(2);
        // Column x of the input is mirrored to width - 1 - x, but bin b to Columns - 1 - b. The last bins keep their values, as in the
        // authors' code.
        var shift = config.FlipShift ? Math.Max(0, (long)Math.Round(config.SplitRatio - 1)) : 0;
        if (shift > 0)
            mirrored = cat([mirrored.narrow(2, shift, Columns - shift), mirrored.narrow(2, Columns - shift, shift)], 2);
        return cat([mirrored, output.narrow(2, Columns, rows)], 2);
    }

    private (int Bin, float Score) Likeliest(ReadOnlySpan<float> outputs)
    {
        var (bin, largest) = Peak.Of(outputs);
        if (config.Score == SimccScore.Output)
            return (bin, largest);
        var sum = 0f;
        foreach (var output in outputs)
            sum += MathF.Exp(output - largest);
        return (bin, 1 / sum);
    }

    private static float UsualSigma(int bins) => MathF.Sqrt(bins / 16f);

    private static bool IsOutside(float bin, float sigma, int bins) => bin - Reach * sigma >= bins || bin + Reach * sigma + 1 < 0;

    /// <summary>Halves are rounded to even bins, as NumPy does it.</summary>
    private float Bin(float place) => (float)Math.Round(place * config.SplitRatio);

    private void Fill(Span<float> target, float bin, float sigma)
    {
        var height = config.Normalize ? 1 / (sigma * MathF.Sqrt(2 * MathF.PI)) : 1;
        for (var i = 0; i < target.Length; i++)
            target[i] = height * MathF.Exp(-(i - bin) * (i - bin) / (2 * sigma * sigma));
    }
}

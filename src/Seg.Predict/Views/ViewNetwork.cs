using OpenCvSharp;
using Seg.Models;
using Seg.Models.Weights;
using Seg.Predict.Imaging;
using TorchSharp;
using static TorchSharp.torch;

namespace Seg.Predict.Views;

/// <summary>A network that looks at windows of images, from both sides where asked for.</summary>
internal sealed class ViewNetwork
{
    private readonly Func<Tensor, Tensor> network;
    private readonly Normalization normalization;
    private readonly bool flip;
    private readonly long[]? mirrored;

    /// <param name="network">Makes scores (N, K, h', w') of images, float32 (N, 3, h, w).</param>
    /// <param name="alignCorners">Whether scores are brought to the images' size by bilinear interpolation with aligned corners.</param>
    public ViewNetwork(Func<Tensor, Tensor> network, bool alignCorners, SegmentationDescription description, PredictorOptions options)
    {
        var classes = description.Labels;
        (this.network, AlignCorners, Options, flip) = (network, alignCorners, options.Views, options.FlipTest);
        normalization = description.Normalization;
        Classes = classes.Count;
        // A processor is as fast with one window at a time, and has less to hold.
        Batch = options.Device.type == DeviceType.CPU ? 1 : options.BatchSize;
        if (classes.FlipPairs.Length > 0)
            mirrored = [.. classes.Mirrored.Select(partner => (long)partner)];
    }

    public ViewOptions Options { get; }

    public bool AlignCorners { get; }

    public int Classes { get; }

    /// <summary>Places of a pixel's classes.</summary>
    public int Stride => ScoreKernels.Padded(Classes);

    /// <summary>Windows that are seen at a time.</summary>
    public int Batch { get; }

    /// <summary>How many maps of scores one window gives.</summary>
    public int MapsPerWindow => flip && Options.Average == ViewAverage.Probabilities ? 2 : 1;

    /// <summary>The scores of some windows: for each one map, or one for each side, as the mean is taken of probabilities.</summary>
    /// <param name="windows">CV_8UC3, all of one size.</param>
    /// <param name="memory">As <see cref="ScoreMap.From"/> takes it.</param>
    public IEnumerable<ScoreMap[]> Run(IReadOnlyList<Mat> windows, Func<int, float[]> memory)
    {
        using var scope = NewDisposeScope();
        using var mode = inference_mode();
        var input = Input(windows);                                // (N, 3, h, w)
        var scores = network(input);                               // (N, K, h', w')
        if (!flip)
            return [.. ScoreMap.From(scores, memory).Select(map => new[] { map })];
        var other = FlipBack(network(input.flip(3)));
        if (MapsPerWindow == 1)
        {
            var mean = scores.to_type(ScalarType.Float32).add(other.to_type(ScalarType.Float32)).mul(0.5);
            return [.. ScoreMap.From(mean, memory).Select(map => new[] { map })];
        }
        return [.. ScoreMap.From(scores, memory).Zip(ScoreMap.From(other, memory), (here, there) => new[] { here, there })];
    }

    private Tensor Input(IReadOnlyList<Mat> windows)
    {
        using var stage = PredictionStages.Begin(PredictionStages.Prepare);
        return ImageTensor.FromBgr(windows, normalization);
    }

    private Tensor FlipBack(Tensor scores)
    {
        var back = scores.flip(3);
        return mirrored is null ? back : back.index_select(1, tensor(mirrored, device: back.device));
    }
}

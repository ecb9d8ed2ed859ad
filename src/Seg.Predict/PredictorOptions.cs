using Seg.Models.Runtime;
using static TorchSharp.torch;

namespace Seg.Predict;

/// <summary>How a network is run on images.</summary>
public sealed record PredictorOptions
{
    /// <summary>Where the network runs.</summary>
    public Device Device { get; init; } = CPU;

    /// <summary>
    /// Number format of weights and activations; Auto is bfloat16 where the device computes in it natively, else float32.
    /// </summary>
    public Precision Precision { get; init; } = Precision.Auto;

    /// <summary>
    /// When the network is compiled into plans for the images' sizes, on the CPU: the same results to rounding, sooner.
    /// </summary>
    public Compilation Compilation { get; init; }

    /// <summary>
    /// Of networks that see whole images: [height, width] in pixels to which every image is brought before the network sees it; null: the
    /// image's own size, up to <see cref="MaxSide"/>. Results are in the image's own pixels either way.
    /// </summary>
    public int[]? InputSize { get; init; }

    /// <summary>
    /// Longest side, in pixels, at which the network sees an image when <see cref="InputSize"/> is null; 32 or more. Larger images are
    /// shrunk to it, with their shape kept, so that a 50-megapixel photograph needs no tens of gigabytes. Label maps keep the image's own
    /// size.
    /// </summary>
    public int MaxSide { get; init; } = 2048;

    /// <summary>
    /// Of pose networks: whether the network also sees each input mirrored, and both outputs are averaged (TEST.FLIP_TEST in the pose HRNet
    /// authors' code): somewhat better, and twice the time.
    /// </summary>
    public bool FlipTest { get; init; }

    /// <summary>Of top-down pose networks: how many persons the network sees at a time, across images; 1 or more.</summary>
    public int BatchSize { get; init; } = 8;
}

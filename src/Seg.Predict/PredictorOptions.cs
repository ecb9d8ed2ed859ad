using Seg.Models.Runtime;
using Seg.Predict.Views;
using static TorchSharp.torch;

namespace Seg.Predict;

/// <summary>How a network is run on images.</summary>
public sealed record PredictorOptions
{
    /// <summary>Where the network runs.</summary>
    public Device Device { get; init; } = CPU;

    /// <summary>
    /// Number format of weights and activations; Auto is bfloat16 where the device computes in it natively, else float32. Int8 needs a calibrated model.
    /// </summary>
    public Precision Precision { get; init; } = Precision.Auto;

    /// <summary>
    /// When the network is compiled into plans for the images' sizes, on the CPU: the same results to rounding, sooner.
    /// </summary>
    public Compilation Compilation { get; init; }

    /// <summary>Told for each size of images, while the predictor's own thread waits, whether the network was compiled for it, and why not; null: nobody.</summary>
    public Action<string>? Told { get; init; }

    /// <summary>Sees the network's maps, to calibrate it for int8, with <see cref="Precision.Fp32"/> on the CPU; null: nobody.</summary>
    public IActivationRecorder? Recorder { get; init; }

    /// <summary>
    /// Of networks that see whole images: [height, width] in pixels to which every image is brought before the network sees it; null: the
    /// image's own size, up to <see cref="MaxSide"/> where it is seen whole. Results are in the image's own pixels either way.
    /// </summary>
    public int[]? InputSize { get; init; }

    /// <summary>
    /// Longest side, in pixels, at which the network sees an image when <see cref="InputSize"/> is null; 32 or more. Larger images are
    /// shrunk to it, with their shape kept, so that a 50-megapixel photograph needs no tens of gigabytes. Label maps keep the image's own
    /// size.
    /// </summary>
    public int MaxSide { get; init; } = 2048;

    /// <summary>
    /// Pixels of an image above which a segmentation network sees it through windows of the size that it was trained with, where neither
    /// windows nor a size were asked for: shrunk to <see cref="MaxSide"/>, a satellite's or a microscope's image would lose what it shows.
    /// </summary>
    public long MaxPixels { get; init; } = 1L << 26;

    /// <summary>Of segmentation networks: windows and scales at which they see an image.</summary>
    public ViewOptions Views { get; init; } = new();

    /// <summary>
    /// Whether the network also sees each input mirrored, and both outputs are averaged (TEST.FLIP_TEST in the HRNet authors' codes):
    /// somewhat better, and twice the time.
    /// </summary>
    public bool FlipTest { get; init; }

    /// <summary>
    /// How many inputs the network sees at a time, 1 or more: of top-down pose networks persons, across images; of segmentation networks on a GPU
    /// windows of one image.
    /// </summary>
    public int BatchSize { get; init; } = 8;
}

using Seg.Models.Configuration;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Runtime;

/// <summary>
/// What the toolkit needs of libtorch beyond TorchSharp's public API. The system bindings offer all of it; over the TorchSharp packages
/// fused operators are composed of plain ones, memory formats are left as they are, and what cannot be done without throws
/// <see cref="NotSupportedException"/> and says that it needs the system bindings.
/// </summary>
public interface ITorchRuntime
{
    /// <summary>ε of every batch norm, in the authors' codes as in PyTorch's default.</summary>
    const double NormEpsilon = 1e-5;

    /// <summary>The share that a batch has in the running statistics, likewise.</summary>
    const double NormMomentum = 0.1;

    /// <summary>For people: which libtorch, by which binding, with which CPU features.</summary>
    string Description { get; }

    /// <summary>Native tensors that live now, where the binding counts them.</summary>
    long? LiveTensors { get; }

    /// <summary>Whether <see cref="Autocast"/> works.</summary>
    bool HasAutocast { get; }

    /// <summary>Runs eligible operators of this thread in <paramref name="type"/> (bfloat16 or float16) until disposed.</summary>
    IDisposable Autocast(Device device, ScalarType type);

    /// <summary>Keeps autocast, where it is on, from this thread's operators until disposed: for small computations whose rounding would show.</summary>
    IDisposable? NoAutocast(Device device);

    /// <summary>The same values, (N, C, H, W) laid out with the channels innermost. A new reference, which may share memory with the argument.</summary>
    Tensor ChannelsLast(Tensor x);

    /// <summary>Lays every 4-dimensional parameter of the module out with the channels innermost.</summary>
    void ChannelsLast(Module module);

    /// <summary>
    /// Batch norm (batch statistics when training), plus <paramref name="residual"/> if given, then ReLU if asked for: one operator, few passes.
    /// The norm has a weight, a bias, running statistics, <see cref="NormEpsilon"/> and <see cref="NormMomentum"/>.
    /// </summary>
    Tensor BatchNormAct(Tensor x, TorchSharp.Modules.BatchNorm2d norm, Tensor? residual, bool relu);

    /// <summary>Convolution, plus <paramref name="residual"/> if given, then ReLU if asked for, for prediction: both are done in place on the convolution's result.</summary>
    Tensor ConvAct(Tensor x, TorchSharp.Modules.Conv2d conv, Tensor? residual, bool relu);

    /// <summary>
    /// Sum of maps, each brought to the size (H, W) of the first by bilinear interpolation, plus a bias per channel if given, then ReLU if asked for.
    /// Shapes: (N, C, h_i, w_i) each → (N, C, H, W).
    /// </summary>
    Tensor SumUpsampled(IReadOnlyList<Tensor> maps, Tensor? bias, bool alignCorners, bool relu);

    /// <summary>
    /// Sum of maps, each brought to the size (H, W) of the first by repeating its values (nearest interpolation), then ReLU if asked for.
    /// Shapes: (N, C, h_i, w_i) each → (N, C, H, W).
    /// </summary>
    Tensor SumUpsampledNearest(IReadOnlyList<Tensor> maps, bool relu);

    /// <summary>
    /// Mean cross-entropy of logits brought to the labels' size by bilinear interpolation, over the labels that are not <paramref name="ignoreIndex"/>,
    /// weighted by class as PyTorch's cross_entropy is. Shapes: logits (N, K, h, w), labels uint8 (N, H, W), weights float32 (K) or null → scalar float32.
    /// Not a number where every label is ignored.
    /// </summary>
    /// <param name="labelSmoothing">
    /// Share of the target that is spread evenly over all classes, as PyTorch's cross_entropy does it: at least 0 and below 1.
    /// </param>
    /// <param name="focusing">γ of the focal loss (Lin et al., arXiv:1708.02002): a pixel whose class has the probability p counts (1 − p)^γ; 0 or more.</param>
    Tensor UpsampledCrossEntropy(
        Tensor logits, Tensor labels, Tensor? classWeights, byte ignoreIndex, bool alignCorners, double labelSmoothing = 0, double focusing = 0);

    /// <summary>
    /// The probability that softmax gives to each label, of logits brought to the labels' size by bilinear interpolation; 1 where the label is
    /// <paramref name="ignoreIndex"/> (null: nowhere). It has no gradient. Shapes: logits (N, K, h, w), labels uint8 (N, H, W) → float32 (N, H, W).
    /// </summary>
    Tensor UpsampledLabelProbability(Tensor logits, Tensor labels, byte? ignoreIndex, bool alignCorners);

    /// <summary>
    /// The class with the largest logit at every position of a (height, width) map to which the logits are brought by bilinear interpolation.
    /// Shapes: logits (N, K, h, w) → uint8 (N, height, width).
    /// </summary>
    Tensor UpsampledArgMax(Tensor logits, int height, int width, bool alignCorners);

    /// <summary>
    /// softmax(queries · keysᵀ) · values, over the keys. The weights of all pairs are never in memory at once; the system bindings keep this
    /// also for gradients, by computing the weights again.
    /// Shapes: queries (N, L, C), keys (N, K, C), values (N, K, D) → (N, L, D); K at least 1.
    /// </summary>
    Tensor Attend(Tensor queries, Tensor keys, Tensor values);

    /// <summary>
    /// The local relation layer's sums (Hu et al., arXiv:1904.11491). With e = c mod E, at every window p of kernel × kernel positions:
    /// a[e, p, d] = composition(query[e, centre of p], key[e, p + d]) + prior[e, d], w = softmax of a over the window, and
    /// y[c, p] = Σ over d of w[e, p, d] · value[c, p + d]. Beyond the map value, key and query are zero, and take part so.
    /// Shapes: value (N, C, H, W), key and query (N, E, H, W) with E a divisor of C, prior (E, kernel, kernel), (1, E, kernel, kernel) or null
    /// for none → (N, C, H', W'), H' = (H + 2 padding − kernel) / stride + 1. Computes in float32, or in float64 for a value of that type.
    /// </summary>
    /// <exception cref="System.Runtime.InteropServices.ExternalException">The shapes do not fit; the message says which.</exception>
    Tensor LocalRelation(
        Tensor value, Tensor key, Tensor query, Tensor? prior, int kernel, int stride, int padding, RelationComposition composition);

    /// <summary>
    /// What the nine taps of a 3x3 convolution read where each lies elsewhere at every position (Dai et al., arXiv:1703.06211): interpolated between
    /// pixels, 0 beyond the map. Tap k, row by row, lies <c>dilation</c> · (k / 3 − 1, k mod 3 − 1) from the position, downwards and to the right,
    /// and offsets 2k and 2k + 1 further.
    /// Shapes: x (N, C, H, W), offsets float32 (N, 18, H, W) → (N, 9 · C, H, W) of x's type, tap after tap. Has no second derivative.
    /// </summary>
    Tensor DeformTaps(Tensor x, Tensor offsets, int dilation);

    /// <summary>
    /// The Lovász extension of the Jaccard loss of each class (Berman et al., arXiv:1705.08790), and in place of the probabilities its slopes:
    /// the derivative of a class's loss by the pixel's probability of that class.
    /// </summary>
    /// <param name="probabilities">Contiguous float32 (K, P), overwritten by the slopes; those of ignored pixels are 0.</param>
    /// <param name="labels">uint8 (P).</param>
    /// <returns>float64 (K); not a number (and slopes of 0) for a class that no pixel is of.</returns>
    Tensor LovaszSlopes(Tensor probabilities, Tensor labels, byte ignoreIndex);

    /// <summary>Moves each target in place by <paramref name="share"/> (0–1) of the way to its source: target += share · (source − target).</summary>
    /// <param name="targets">Floating-point tensors, shaped as the sources are.</param>
    void MoveTowards(IReadOnlyList<Tensor> targets, IReadOnlyList<Tensor> sources, double share);

    /// <summary>Multiplies each tensor in place.</summary>
    void Scale(IReadOnlyList<Tensor> tensors, double factor);

    /// <summary>Multiplies each tensor in place.</summary>
    /// <returns>Whether every element was a finite number.</returns>
    bool ScaleIfFinite(IReadOnlyList<Tensor> tensors, double factor);

    /// <summary>How GPUs compute, for the whole process.</summary>
    /// <param name="tensorFloat32">Whether float32 products may round their factors to 10 bits (TF32), which tensor cores take several times faster.</param>
    /// <param name="tryAlgorithms">Whether cuDNN times its algorithms for each new shape of convolution and keeps the fastest, where the bindings can say so.</param>
    void SetGpuArithmetic(bool tensorFloat32, bool tryAlgorithms);

    /// <summary>Begins to copy tensors to a device: to a GPU beside what it is working on, where the bindings can.</summary>
    /// <param name="sources">In pinned memory, to gain by it.</param>
    IDeviceCopy StartCopy(IReadOnlyList<Tensor> sources, Device device);

    /// <summary>An empty graph of a GPU.</summary>
    /// <exception cref="NotSupportedException">These bindings have none.</exception>
    /// <exception cref="System.Runtime.InteropServices.ExternalException">This libtorch, or the machine, has no CUDA.</exception>
    IDeviceGraph NewGraph(Device device);

    /// <summary>
    /// Makes a plan of what a network does with an image: see <see cref="ICompiledNetwork"/>. The network runs once for it.
    /// </summary>
    /// <param name="network">The forward pass, in inference mode, on the CPU.</param>
    /// <param name="image">(1, 3, H, W): an image of the size that the plan is for.</param>
    /// <param name="always">Whether a plan is made even where none is expected to be faster than the network.</param>
    /// <param name="calibration">For a plan in int8, of a network in float32; null: in the network's type.</param>
    /// <param name="fault">Why there is no plan, where null is returned: a part of a sentence.</param>
    ICompiledNetwork? Compile(Func<Tensor, Tensor> network, Tensor image, bool always, Int8Calibration? calibration, out string? fault);

    /// <summary>Whether this processor has the instructions that int8 needs (AVX512_VNNI).</summary>
    bool HasInt8 { get; }

    /// <summary>Begins a calibration for int8.</summary>
    /// <exception cref="NotSupportedException">The binding does not say what a network does.</exception>
    IActivationRecorder RecordActivations();

    /// <summary>Connects to a store of keys, or opens one, which ends with the object, and connects to it.</summary>
    /// <param name="port">0: a free one, for a store that is opened.</param>
    /// <param name="prefix">Put before each key.</param>
    /// <param name="timeout">How long to try to connect.</param>
    /// <exception cref="NotSupportedException">These bindings, or this libtorch, know one process alone.</exception>
    /// <exception cref="System.Runtime.InteropServices.ExternalException">The port is taken, or nobody answers in time.</exception>
    IKeyStore OpenStore(string host, int port, bool isServer, string prefix, TimeSpan timeout);

    /// <summary>Connects this process to all others of a group.</summary>
    /// <param name="store">Of <see cref="OpenStore"/>: by which they find each other.</param>
    /// <param name="address">By which the others reach this machine.</param>
    /// <param name="timeout">Of connecting, and of each call of the group.</param>
    /// <exception cref="System.Runtime.InteropServices.ExternalException">Somebody does not come in time.</exception>
    IProcessGroup JoinGroup(IKeyStore store, string address, int rank, int size, TimeSpan timeout);
}

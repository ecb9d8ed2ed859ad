using Seg.Models.Configuration;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Runtime;

/// <summary>The runtime of the TorchSharp packages: fused operators are composed of plain ones, memory formats are left as they are.</summary>
internal sealed class BoundTorchRuntime : ITorchRuntime
{
    /// <summary>An ignore index that no label has.</summary>
    private const long NoLabel = -1;

    public string Description => $"libtorch {torch.__version__}, TorchSharp package";

    public long? LiveTensors => Tensor.TotalCount;

    public bool HasAutocast => false;

    public IDisposable Autocast(Device device, ScalarType type) =>
        throw new NotSupportedException("TorchSharp's packages have no autocast; use --precision fp32, or build with -p:Bindings=system.");

    public IDisposable? NoAutocast(Device device) => null;

    public Tensor ChannelsLast(Tensor x) => x.alias();

    public void ChannelsLast(Module module)
    {
        // TorchSharp has no memory formats; results are the same without.
    }

    public Tensor BatchNormAct(Tensor x, BatchNorm2d norm, Tensor? residual, bool relu) => Act(norm.call(x), residual, relu);

    public Tensor ConvAct(Tensor x, Conv2d conv, Tensor? residual, bool relu) => Act(conv.call(x), residual, relu);

    public Tensor SumUpsampled(IReadOnlyList<Tensor> maps, Tensor? bias, bool alignCorners, bool relu) =>
        Sum(maps, bias, relu, (map, height, width) => Upsampled(map, height, width, alignCorners));

    public Tensor SumUpsampledNearest(IReadOnlyList<Tensor> maps, bool relu) =>
        Sum(maps, bias: null, relu, (map, height, width) => functional.interpolate(map, [height, width], mode: InterpolationMode.Nearest));

    public Tensor UpsampledCrossEntropy(
        Tensor logits, Tensor labels, Tensor? classWeights, byte ignoreIndex, bool alignCorners, double labelSmoothing, double focusing)
    {
        using var scope = NewDisposeScope();
        var large = Upsampled(logits.to_type(ScalarType.Float32), labels.shape[1], labels.shape[2], alignCorners);
        var target = labels.to_type(ScalarType.Int64);
        // What each label weighs; those beyond the last class are ignored, which the operators below see to.
        var weight = target.ne(ignoreIndex).to_type(ScalarType.Float32);
        if (classWeights is not null)
            weight *= classWeights.index_select(0, target.clamp(0, logits.shape[1] - 1).flatten()).view(labels.shape);
        // A pixel of weight zero does not count at all; PyTorch would count its smoothing.
        if (labelSmoothing != 0)
            target = target.masked_fill(weight.eq(0), ignoreIndex);
        var mean = functional.cross_entropy(large, target, classWeights, ignoreIndex, label_smoothing: labelSmoothing);
        if (focusing == 0)
            return mean.MoveToOuterDisposeScope();
        var entropy = functional.cross_entropy(large, target, null, ignoreIndex, Reduction.None);
        var rest = (-(-entropy).expm1()).clamp(min: 1e-12);   // a power below 1 has no slope at 0
        // Of the loss without smoothing, the focal one takes the place.
        var difference = (weight * (rest.pow(focusing) - 1) * entropy).sum() / weight.sum();
        return (mean + (1 - labelSmoothing) * difference).MoveToOuterDisposeScope();
    }

    public Tensor UpsampledLabelProbability(Tensor logits, Tensor labels, byte? ignoreIndex, bool alignCorners)
    {
        using var withoutGradient = no_grad();
        using var scope = NewDisposeScope();
        var large = Upsampled(logits.to_type(ScalarType.Float32), labels.shape[1], labels.shape[2], alignCorners);
        var entropy = functional.cross_entropy(large, labels.to_type(ScalarType.Int64), null, ignoreIndex ?? NoLabel, Reduction.None);
        return (-entropy).exp().MoveToOuterDisposeScope();   // of ignored ones: e^0
    }

    public Tensor UpsampledArgMax(Tensor logits, int height, int width, bool alignCorners)
    {
        using var scope = NewDisposeScope();
        var large = Upsampled(logits.to_type(ScalarType.Float32), height, width, alignCorners);
        return large.argmax(1).to_type(ScalarType.Byte).MoveToOuterDisposeScope();
    }

    public Tensor Attend(Tensor queries, Tensor keys, Tensor values)
    {
        const int BlockBytes = 4 << 20;
        using var scope = NewDisposeScope();
        var (positions, columns) = (queries.shape[1], keys.transpose(1, 2));
        var step = Math.Max(1, BlockBytes / (queries.shape[0] * keys.shape[1] * queries.element_size()));
        var blocks = new List<Tensor>();
        for (var start = 0L; start < positions; start += step)
        {
            using var ofBlock = NewDisposeScope();
            var rows = queries.narrow(1, start, Math.Min(step, positions - start));
            blocks.Add(rows.bmm(columns).softmax(-1).bmm(values).MoveToOuterDisposeScope());   // (N, rows, D)
        }
        return cat(blocks, 1).MoveToOuterDisposeScope();
    }

    public Tensor DeformTaps(Tensor x, Tensor offsets, int dilation) => SampledDeformTaps.Compute(x, offsets, dilation);

    public Tensor LocalRelation(
        Tensor value, Tensor key, Tensor query, Tensor? prior, int kernel, int stride, int padding, RelationComposition composition) =>
        UnfoldedLocalRelation.Compute(value, key, query, prior, kernel, stride, padding, composition);

    public Tensor LovaszSlopes(Tensor probabilities, Tensor labels, byte ignoreIndex) =>
        ComposedLovasz.Slopes(probabilities, labels, ignoreIndex);

    public void MoveTowards(IReadOnlyList<Tensor> targets, IReadOnlyList<Tensor> sources, double share)
    {
        using var withoutGradient = no_grad();
        foreach (var (target, source) in targets.Zip(sources))
            target.mul_(1 - share).add_(source, alpha: share);
    }

    public void Scale(IReadOnlyList<Tensor> tensors, double factor)
    {
        using var withoutGradient = no_grad();
        foreach (var tensor in tensors)
            tensor.mul_(factor);
    }

    public bool ScaleIfFinite(IReadOnlyList<Tensor> tensors, double factor)
    {
        Scale(tensors, factor);
        return FiniteNumbers.Only(tensors);
    }

    public void SetGpuArithmetic(bool tensorFloat32, bool tryAlgorithms) =>
        (backends.cuda.matmul.allow_tf32, backends.cudnn.allow_tf32) = (tensorFloat32, tensorFloat32);

    public IDeviceCopy StartCopy(IReadOnlyList<Tensor> sources, Device device) =>
        new BoundDeviceCopy([.. sources.Select(source => source.to(device, copy: true, non_blocking: true).DetachFromDisposeScope())]);

    public IDeviceGraph NewGraph(Device device) =>
        throw new NotSupportedException("TorchSharp's packages have no CUDA graphs; set train.cuda_graphs=false, or build with -p:Bindings=system.");

    private static Tensor Sum(IReadOnlyList<Tensor> maps, Tensor? bias, bool relu, Func<Tensor, long, long, Tensor> upsample)
    {
        using var scope = NewDisposeScope();
        var sum = maps[0];
        foreach (var map in maps.Skip(1))
            sum = sum + upsample(map, maps[0].shape[2], maps[0].shape[3]);
        if (bias is not null)
            sum = sum + bias.to_type(sum.dtype).view(1, -1, 1, 1);
        return (relu ? sum.relu() : sum.alias()).MoveToOuterDisposeScope();
    }

    private static Tensor Act(Tensor x, Tensor? residual, bool relu)
    {
        using var scope = NewDisposeScope();
        var sum = residual is null ? x : x + residual;
        var result = relu ? sum.relu() : sum.alias();
        if (!ReferenceEquals(sum, x))
            x.Dispose();
        return result.MoveToOuterDisposeScope();
    }

    private static Tensor Upsampled(Tensor map, long height, long width, bool alignCorners) =>
        functional.interpolate(map, [height, width], mode: InterpolationMode.Bilinear, align_corners: alignCorners);

    public bool HasInt8 => false;

    public IActivationRecorder RecordActivations() =>
        throw new NotSupportedException("TorchSharp's packages do not say what a network does, which int8 needs; build with -p:Bindings=system.");

    public ICompiledNetwork? Compile(Func<Tensor, Tensor> network, Tensor image, bool always, Int8Calibration? calibration, out string? fault)
    {
        fault = "TorchSharp's packages do not say what a network does; build with -p:Bindings=system";
        return null;
    }

    public IKeyStore OpenStore(string host, int port, bool isServer, string prefix, TimeSpan timeout) => throw OneProcess();

    public IProcessGroup JoinGroup(IKeyStore store, string address, int rank, int size, TimeSpan timeout) => throw OneProcess();

    private static NotSupportedException OneProcess() =>
        new("TorchSharp's packages have nothing for several processes (c10d); train in one, or build with -p:Bindings=system.");
}

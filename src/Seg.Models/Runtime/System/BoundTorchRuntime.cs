using Seg.Models.Configuration;
using TorchSharp;
using TorchSharp.Interop;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Runtime;

/// <summary>The runtime of the system bindings: libtorch's own facilities, and the fused operators of the native shim.</summary>
internal sealed class BoundTorchRuntime : ITorchRuntime
{
    /// <summary>An ignore index that no label has.</summary>
    private const long NoLabel = -1;

    private static readonly Operator SetData = new("aten::set_", "source_Tensor");
    private static readonly Operator FusedBatchNormAct = new("seg::batch_norm_act");
    private static readonly Operator FusedAddAct = new("seg::add_act_");
    private static readonly Operator FusedSumUpsampled = new("seg::sum_upsampled");
    private static readonly Operator FusedCrossEntropy = new("seg::upsampled_cross_entropy");
    private static readonly Operator FusedLabelProbability = new("seg::upsampled_label_probability");
    private static readonly Operator FusedDeformTaps = new("seg::deform_taps");
    private static readonly Operator FusedLocalRelation = new("seg::local_relation");
    private static readonly Operator HasLocalRelation = new("seg::has_local_relation");
    private static readonly Operator FusedArgMax = new("seg::upsampled_arg_max");
    private static readonly Operator FusedAttend = new("seg::attend");
    private static readonly Operator FusedLovaszSlopes = new("seg::lovasz_slopes_");
    // The operator of PyTorch's GradScaler: few kernels for any number of gradients.
    private static readonly Operator ScaleAndCheckAll = new("aten::_amp_foreach_non_finite_check_and_unscale_");
    private static readonly Operator MultiplyAll = new("aten::_foreach_mul_", "Scalar"), AddToAll = new("aten::_foreach_add_", "List");

    public BoundTorchRuntime() => NativeAllocator.KeepFreedMemory();

    public string Description => $"libtorch {torch.__version__}, system bindings";

    public long? LiveTensors => NativeTensors.Live;

    public bool HasAutocast => true;

    public IDisposable Autocast(Device device, ScalarType type) => TorchSharp.Interop.Autocast.Enable(device.type, type);

    public IDisposable? NoAutocast(Device device) =>
        device.type is (DeviceType.CPU or DeviceType.CUDA) && TorchSharp.Interop.Autocast.IsEnabled(device.type)
            ? TorchSharp.Interop.Autocast.Disable(device.type)
            : null;

    public Tensor ChannelsLast(Tensor x) => MemoryFormat.ChannelsLast(x);

    public void ChannelsLast(Module module)
    {
        using (no_grad())
        {
            foreach (var parameter in module.parameters())
            {
                if (parameter.dim() != 4)
                    continue;
                using var laidOut = MemoryFormat.ChannelsLast(parameter);
                SetData.Invoke(parameter, laidOut);
            }
        }
    }

    public Tensor BatchNormAct(Tensor x, BatchNorm2d norm, Tensor? residual, bool relu)
    {
        if (norm.training)
            norm.num_batches_tracked?.add_(1);
        return FusedBatchNormAct.Tensor(
            x, norm.weight, norm.bias, norm.running_mean, norm.running_var, residual, norm.training,
            ITorchRuntime.NormMomentum, ITorchRuntime.NormEpsilon, relu, SyncBatchNorm.Group);
    }

    public Tensor ConvAct(Tensor x, Conv2d conv, Tensor? residual, bool relu)
    {
        var mapped = conv.call(x);
        if (relu || residual is not null)
            FusedAddAct.Invoke(mapped, residual, relu);
        return mapped;
    }

    public Tensor SumUpsampled(IReadOnlyList<Tensor> maps, Tensor? bias, bool alignCorners, bool relu) =>
        FusedSumUpsampled.Tensor(maps.ToArray(), bias, alignCorners, relu);

    public Tensor SumUpsampledNearest(IReadOnlyList<Tensor> maps, bool relu) =>
        FusedSumUpsampled.Tensor(maps.ToArray(), Value.None, false, relu, true);

    public Tensor UpsampledCrossEntropy(
        Tensor logits, Tensor labels, Tensor? classWeights, byte ignoreIndex, bool alignCorners, double labelSmoothing, double focusing) =>
        FusedCrossEntropy.Tensor(logits, labels, classWeights, (long)ignoreIndex, alignCorners, labelSmoothing, focusing);

    public Tensor UpsampledLabelProbability(Tensor logits, Tensor labels, byte? ignoreIndex, bool alignCorners) =>
        FusedLabelProbability.Tensor(logits, labels, ignoreIndex ?? NoLabel, alignCorners);

    public Tensor UpsampledArgMax(Tensor logits, int height, int width, bool alignCorners) =>
        FusedArgMax.Tensor(logits, height, width, alignCorners);

    public Tensor Attend(Tensor queries, Tensor keys, Tensor values) => FusedAttend.Tensor(queries, keys, values);

    public Tensor DeformTaps(Tensor x, Tensor offsets, int dilation) =>
        x.device.type == DeviceType.CPU && x.dtype is (ScalarType.Float32 or ScalarType.BFloat16)
            ? FusedDeformTaps.Tensor(x, offsets, dilation)
            : SampledDeformTaps.Compute(x, offsets, dilation);

    public Tensor LocalRelation(
        Tensor value, Tensor key, Tensor query, Tensor? prior, int kernel, int stride, int padding, RelationComposition composition) =>
        HasLocalRelation.Boolean(value.device)
            ? FusedLocalRelation.Tensor(value, key, query, prior, kernel, stride, padding, (int)composition)
            : UnfoldedLocalRelation.Compute(value, key, query, prior, kernel, stride, padding, composition);

    public Tensor LovaszSlopes(Tensor probabilities, Tensor labels, byte ignoreIndex)
    {
        using var withoutGradient = no_grad();
        return probabilities.device.type == DeviceType.CPU
            ? FusedLovaszSlopes.Tensor(probabilities, labels, (long)ignoreIndex)
            : ComposedLovasz.Slopes(probabilities, labels, ignoreIndex);
    }

    public void MoveTowards(IReadOnlyList<Tensor> targets, IReadOnlyList<Tensor> sources, double share)
    {
        if (targets.Count == 0)
            return;
        Scale(targets, 1 - share);
        using (no_grad())
            AddToAll.Invoke(targets.ToArray(), sources.ToArray(), share);
    }

    public void Scale(IReadOnlyList<Tensor> tensors, double factor)
    {
        if (tensors.Count == 0)
            return;
        using (no_grad())
            MultiplyAll.Invoke(tensors.ToArray(), factor);
    }

    public ICompiledNetwork? Compile(Func<Tensor, Tensor> network, Tensor image, bool always, Int8Calibration? calibration, out string? fault) =>
        Compiled.CompiledNetwork.Make(network, image, always, calibration, out fault);

    public bool HasInt8 => TorchSharp.Interop.NativePlan.Supports(ScalarType.Byte);

    public IActivationRecorder RecordActivations() => new Compiled.ActivationRecorder();

    public bool ScaleIfFinite(IReadOnlyList<Tensor> tensors, double factor)
    {
        if (tensors.Count == 0 || tensors.Any(tensor => tensor.device.type != DeviceType.CUDA))
        {
            Scale(tensors, factor);
            return FiniteNumbers.Only(tensors);
        }
        using var withoutGradient = no_grad();
        using var scope = NewDisposeScope();
        var device = tensors[0].device;
        var overflowed = zeros([1], ScalarType.Float32, device);
        ScaleAndCheckAll.Invoke(tensors.ToArray(), overflowed, full([1], (float)factor, ScalarType.Float32, device));
        return overflowed.item<float>() == 0;
    }

    public void SetGpuArithmetic(bool tensorFloat32, bool tryAlgorithms)
    {
        (backends.cuda.matmul.allow_tf32, backends.cudnn.allow_tf32) = (tensorFloat32, tensorFloat32);
        TorchLibrary.SetCudnnBenchmark(tryAlgorithms);
    }

    public IDeviceCopy StartCopy(IReadOnlyList<Tensor> sources, Device device) => new BoundDeviceCopy(DeviceCopy.Start(sources, device));

    public IDeviceGraph NewGraph(Device device) => new BoundDeviceGraph(device);

    public IKeyStore OpenStore(string host, int port, bool isServer, string prefix, TimeSpan timeout) => KeyStore.IsAvailable
        ? new BoundKeyStore(new KeyStore(host, port, isServer, prefix, timeout))
        : throw new NotSupportedException("This libtorch was built without c10d's Gloo, which several processes need; train in one, or take another libtorch.");

    public IProcessGroup JoinGroup(IKeyStore store, string address, int rank, int size, TimeSpan timeout) =>
        new BoundProcessGroup(new ProcessGroup(((BoundKeyStore)store).Store, address, rank, size, timeout));
}

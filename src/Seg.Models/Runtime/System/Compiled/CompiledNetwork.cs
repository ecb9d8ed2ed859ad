using TorchSharp;
using TorchSharp.Interop;
using static TorchSharp.torch;

namespace Seg.Models.Runtime.Compiled;

/// <summary>A network as a plan for images of one size: runs of native steps, between them what is left to libtorch.</summary>
internal sealed class CompiledNetwork : ICompiledNetwork
{
    // What the plan's output may differ from the network's own, relative to its largest value; of int8 in the mean of squares.
    private const double Float32Tolerance = 1e-4, BFloat16Tolerance = 0.1, Int8Tolerance = 0.3;

    // What the network must cost by libtorch at least over the plan, as counted, that a plan be made without being asked for.
    private const double LeastGain = 1.1;

    private readonly NetworkRecording recording;   // holds the constants that libtorch's operators read
    private readonly IReadOnlyList<Operation> operations;
    private readonly NativePlan plan;
    private readonly IReadOnlyList<RecordedValue> tensorsOfPlan;
    private readonly RecordedValue output;

    private CompiledNetwork(NetworkRecording recording, Int8Calibration? calibration, bool always)
    {
        this.recording = recording;
        var recorded = recording.Output.Type;
        var type = calibration is null ? recorded : NativePlan.Supports(ScalarType.BFloat16) ? ScalarType.BFloat16 : ScalarType.Float32;
        RequireKernels(calibration is null ? type : ScalarType.Byte);
        var lowered = Lowering.Of(recording, recorded, out output);
        var quantization = calibration is null ? Quantization.None : Quantization.Of(lowered, calibration, recording, output);
        var elements = type == ScalarType.BFloat16 ? 2 : 1;
        ChooseMethods(lowered, elements, quantization);
        operations = RowChains.BringTogether(Conversions.AddTo(lowered, recording.Input, output, recorded, quantization));
        if (!always && calibration is null && Gain(operations, elements) < LeastGain)
            throw new NotCompilableException("libtorch is as fast with this network's convolutions");
        plan = new PlanBuilder(operations, type, quantization).Build(out tensorsOfPlan);
        Convolutions = (
            Count(operation => quantization.ScalesOf(operation.Source) is not null), Count(_ => true));

        int Count(Func<MapOperation, bool> condition) =>
            operations.OfType<MapOperation>().Count(operation => operation.Kind == PlanStepKind.Convolution && condition(operation));
    }

    public long Bytes => plan.Bytes;

    public (int Native, int Torch) Steps => (operations.Count(operation => operation is MapOperation), operations.Count(operation => operation is TorchOperation));

    public (int Quantized, int All) Convolutions { get; }

    /// <summary>Runs the network on the image, and makes a plan of what it did; the plan's output is compared with the network's.</summary>
    /// <param name="always">Whether a plan is made even where none is expected to be faster.</param>
    /// <param name="calibration">For a plan in int8; null: of the network's own type.</param>
    /// <param name="fault">Why there is no plan, where null is returned.</param>
    /// <exception cref="Exception">What the network itself throws.</exception>
    public static CompiledNetwork? Make(Func<Tensor, Tensor> network, Tensor image, bool always, Int8Calibration? calibration, out string? fault)
    {
        using var scope = NewDisposeScope();
        NetworkRecording? recording = null;
        CompiledNetwork? made = null;
        fault = null;
        try
        {
            recording = NetworkRecording.Of(network, image, out var expected);
            made = new CompiledNetwork(recording, calibration, always);
            var difference = calibration is null ? Difference(made.Run(image), expected) : MeanDifference(made.Run(image), expected);
            var tolerance = calibration is not null ? Int8Tolerance : recording.Output.Type == ScalarType.BFloat16 ? BFloat16Tolerance : Float32Tolerance;
            if (difference <= tolerance)
                return made;
            fault = $"the plan's output differs from the network's by {difference:G2} of its values' size";
        }
        catch (Exception error) when (error is NotCompilableException or System.Runtime.InteropServices.ExternalException or ArgumentException)
        {
            if (recording is null && error is not NotCompilableException)
                throw;
            fault = error.Message.Split('\n')[0];
        }
        made?.Dispose();
        if (made is null)
            recording?.Dispose();
        return null;
    }

    public Tensor Run(Tensor image)
    {
        using var scope = NewDisposeScope();
        var tensors = new Dictionary<RecordedValue, Tensor> { [recording.Input] = image };
        var step = 0;
        for (var index = 0; index < operations.Count;)
        {
            if (operations[index] is TorchOperation torchOperation)
            {
                torchOperation.Run(tensors);
                index++;
                continue;
            }
            var first = index;
            for (; index < operations.Count && operations[index] is MapOperation operation; index++)
            {
                if (operation.Kind == PlanStepKind.Export)
                    tensors[operation.Tensor] = NewTensor(operation.Tensor);
            }
            plan.Run(step, index - first, [.. tensorsOfPlan.Select(value => tensors.GetValueOrDefault(value, image))]);
            step += index - first;
        }
        return tensors[output].MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        plan.Dispose();
        recording.Dispose();
    }

    /// <summary>Chooses how convolutions are computed.</summary>
    private static void ChooseMethods(IReadOnlyList<Operation> operations, int elements, Quantization quantization)
    {
        foreach (var operation in operations.OfType<MapOperation>().Where(operation => operation.Kind == PlanStepKind.Convolution))
        {
            if (operation.Inputs.Concat(operation.Results).All(map => quantization.ScalesOf(map) is null))
                operation.Method = ConvolutionCost.CheapestMethod(operation, elements);
        }
    }

    /// <summary>What convolutions cost by libtorch over what they cost by the plan with its conversions between libtorch's form and its own, by count.</summary>
    private static double Gain(IReadOnlyList<Operation> operations, int elements)
    {
        var (byLibtorch, byPlan) = (0.0, 0.0);
        foreach (var operation in operations.OfType<MapOperation>())
        {
            if (operation.Kind == PlanStepKind.Convolution)
            {
                byLibtorch += ConvolutionCost.OfLibtorch(operation, elements);
                byPlan += ConvolutionCost.OfPlan(operation, elements);
            }
            else if (operation.Kind is PlanStepKind.Import or PlanStepKind.Export)
            {
                byPlan += ConvolutionCost.OfPass(operation.Target, elements);
            }
        }
        return byPlan == 0 ? 1 : byLibtorch / byPlan;
    }

    private static void RequireKernels(ScalarType type)
    {
        if (!NativePlan.Supports(type))
            throw new NotCompilableException($"this processor ({NativePlan.Instructions}) has no kernels for {type}");
    }

    /// <summary>With the channels innermost, as libtorch's own operators would give it.</summary>
    private static Tensor NewTensor(RecordedValue value)
    {
        var shape = value.Shape;
        return empty([shape[0], shape[2], shape[3], shape[1]], value.Type).permute(0, 3, 1, 2);
    }

    private static double MeanDifference(Tensor actual, Tensor expected)
    {
        using var scope = NewDisposeScope();
        var difference = Math.Sqrt((actual - expected).square().mean().item<float>() / Math.Max(expected.square().mean().item<float>(), 1e-12f));
        return double.IsNaN(difference) ? double.PositiveInfinity : difference;
    }

    private static double Difference(Tensor actual, Tensor expected)
    {
        using var scope = NewDisposeScope();
        var (given, wanted) = (actual.to_type(ScalarType.Float32), expected.to_type(ScalarType.Float32));
        var largest = Math.Max(wanted.abs().max().item<float>(), 1e-6f);
        var difference = (given - wanted).abs().max().item<float>() / largest;
        return double.IsNaN(difference) ? double.PositiveInfinity : difference;
    }
}

using TorchSharp.Interop;
using static TorchSharp.torch;

namespace Seg.Models.Runtime.Compiled;

/// <summary>Gives a plan's maps their layouts and places, and its operations their native form.</summary>
internal sealed class PlanBuilder
{
    // A map that the very next step alone reads, row by row, stays in the cache instead of going to memory and back.
    private const long LeastScratchedBytes = 512 * 1024;
    private const long MostJoinedWeights = 512 * 1024;

    private readonly IReadOnlyList<Operation> operations;
    private readonly ScalarType type;
    private readonly Quantization quantization;
    private readonly int[] moments;            // of each operation; joined ones share theirs
    private readonly bool[] joined;            // with the next
    private readonly Dictionary<RecordedValue, List<int>> readers = [];
    private readonly Dictionary<(long, long), int> gaps = [];
    private readonly Dictionary<RecordedValue, MapBuffer> buffers = [];

    /// <param name="operations">With their conversions.</param>
    /// <param name="type">The type of maps that are not of whole numbers.</param>
    /// <param name="quantization">Which are.</param>
    public PlanBuilder(IReadOnlyList<Operation> operations, ScalarType type, Quantization quantization)
    {
        (this.operations, this.type, this.quantization) = (operations, type, quantization);
        (moments, joined) = (new int[operations.Count], new bool[operations.Count]);
        for (var index = 0; index < operations.Count; index++)
        {
            foreach (var value in operations[index].Inputs.Distinct())
                (readers.TryGetValue(value, out var list) ? list : readers[value] = []).Add(index);
            if (operations[index] is MapOperation { Kind: PlanStepKind.Convolution or PlanStepKind.MaxPool } operation)
            {
                var size = (operation.Source.Shape[2], operation.Source.Shape[3]);
                gaps[size] = Math.Max(gaps.GetValueOrDefault(size), Math.Max(operation.Padding.Y, operation.Padding.X));
            }
        }
    }

    /// <summary>The native plan, and the tensor that each of its imports and exports means.</summary>
    public NativePlan Build(out IReadOnlyList<RecordedValue> tensors)
    {
        Join();
        for (var index = 0; index < operations.Count; index++)
        {
            if (operations[index] is MapOperation { Kind: not PlanStepKind.Export } operation)
                buffers[operation.Target] = BufferFor(operation, index);
        }
        var all = buffers.Values.Distinct().ToList();
        var arena = MemoryPlan.Place(all.Where(buffer => !buffer.IsScratch));
        var scratch = MemoryPlan.Place(all.Where(buffer => buffer.IsScratch));

        using var scope = NewDisposeScope();   // of the weights, which the plan packs for itself
        var numbered = new List<RecordedValue>();
        var steps = new List<PlanStep>();
        for (var index = 0; index < operations.Count; index++)
        {
            if (operations[index] is MapOperation operation)
                steps.Add(StepOf(operation, joined[index], numbered));
        }
        tensors = numbered;
        return new NativePlan(steps, type, arena, scratch);
    }

    private void Join()
    {
        for (var index = 0; index + 1 < operations.Count; index++)
        {
            joined[index] = CanJoin(index);
            moments[index + 1] = joined[index] ? moments[index] : index + 1;
        }
    }

    private bool CanJoin(int index)
    {
        if (operations[index] is not MapOperation { Kind: PlanStepKind.Convolution or PlanStepKind.Sum, Method: PlanMethod.Direct } first
            || operations[index + 1] is not MapOperation { IsPointwise: true } second || second.Source != first.Target
            || readers[first.Target].Count != 1 || second.Residual == first.Target || second.Terms.Contains(first.Target))
        {
            return false;
        }
        var layout = LayoutOf(first.Target);
        return !layout.IsFlat && layout.Bytes(oneRow: false) >= LeastScratchedBytes
            && WeightBytes(first) <= MostJoinedWeights && WeightBytes(second) <= MostJoinedWeights;
    }

    private static long WeightBytes(MapOperation operation) => operation.Weights is { } weights ? sizeof(float) * weights.Shape.Aggregate(1L, (a, b) => a * b) : 0;

    private MapLayout LayoutOf(RecordedValue value)
    {
        var shape = value.Shape;
        var elementsPerLane = TypeOf(value) switch { ScalarType.Byte => 4, ScalarType.BFloat16 => 2, _ => 1 };
        return new MapLayout((int)shape[1], (int)shape[2], (int)shape[3], elementsPerLane, gaps.GetValueOrDefault((shape[2], shape[3])));
    }

    private ScalarType TypeOf(RecordedValue value) => quantization.ScalesOf(value) is null ? type : ScalarType.Byte;

    private MapBuffer BufferFor(MapOperation operation, int index)
    {
        var target = operation.Target;
        var isScratch = joined[index];
        var last = readers.TryGetValue(target, out var list) ? list.Max(reader => moments[reader]) : moments[index];
        if (ReplacedBy(operation, index) is { } replaced && replaced.IsScratch == isScratch)
        {
            replaced.Last = Math.Max(replaced.Last, last);
            return replaced;
        }
        return new MapBuffer(LayoutOf(target).Bytes(oneRow: isScratch), moments[index], isScratch) { Last = last };
    }

    /// <summary>The memory of a map that the operation is the last to read, position by position as it writes: the target takes its place.</summary>
    private MapBuffer? ReplacedBy(MapOperation operation, int index)
    {
        var replaced = operation.Kind == PlanStepKind.Sum ? operation.Source : operation.Residual;
        if (replaced is null || operation.Terms.Contains(replaced) || (operation.Source == replaced && operation.Kind != PlanStepKind.Sum)
            || !replaced.HasShapeOf(operation.Target) || TypeOf(replaced) != TypeOf(operation.Target) || !buffers.TryGetValue(replaced, out var buffer)
            || buffer.Last != moments[index] || readers[replaced].Any(reader => reader != index && moments[reader] == moments[index]))
        {
            return null;
        }
        return buffer;
    }

    private PlanStep StepOf(MapOperation operation, bool isJoined, List<RecordedValue> tensors)
    {
        var tensor = -1;
        if (operation.Kind is PlanStepKind.Import or PlanStepKind.Export)
        {
            tensor = tensors.IndexOf(operation.Tensor);
            if (tensor < 0)
            {
                tensor = tensors.Count;
                tensors.Add(operation.Tensor);
            }
        }
        var numbers = StepNumbers.Of(operation, quantization);
        return new PlanStep
        {
            Kind = operation.Kind,
            Source = operation.Kind == PlanStepKind.Import ? default : MapOf(operation.Source),
            Target = operation.Kind == PlanStepKind.Export ? default : MapOf(operation.Target),
            Residual = operation.Residual is { } residual ? MapOf(residual) : null,
            Terms = [.. operation.Terms.Select(MapOf)],
            Relu = operation.Relu,
            Joined = isJoined,
            Weights = numbers.Weights,
            Bias = numbers.Bias,
            Multipliers = numbers.Multipliers,
            Factors = numbers.Factors,
            Kernel = operation.Kernel,
            Stride = operation.Stride,
            Padding = operation.Padding,
            Dilation = operation.Dilation,
            Method = operation.Method,
            Nearest = operation.Nearest,
            AlignCorners = operation.AlignCorners,
            Tensor = tensor,
        };
    }

    private PlanMap MapOf(RecordedValue value) => LayoutOf(value).In(buffers[value], NativePlan.ElementOf(TypeOf(value))!.Value);
}

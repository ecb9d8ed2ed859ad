using TorchSharp.Interop;
using static TorchSharp.torch;

namespace Seg.Models.Runtime.Compiled;

/// <summary>Makes a plan's operations of recorded operators: what follows a convolution is fused into it, what no kernel does stays libtorch's.</summary>
internal sealed class Lowering
{
    private const int MostTaps = 128;
    private const int MostTerms = 6;

    private readonly ScalarType type;
    private readonly List<Operation> operations = [];
    private readonly Dictionary<RecordedValue, MapOperation> producers = [];
    private readonly Dictionary<RecordedValue, RecordedValue> same = [];

    private Lowering(ScalarType type) => this.type = type;

    /// <param name="recording">What the network did.</param>
    /// <param name="type">The type of maps: float32 or bfloat16.</param>
    /// <param name="output">Which value of the operations is the network's output.</param>
    public static IReadOnlyList<Operation> Of(NetworkRecording recording, ScalarType type, out RecordedValue output)
    {
        var lowering = new Lowering(type);
        foreach (var call in recording.Calls)
        {
            if (!lowering.Lower(call))
                lowering.operations.Add(new TorchOperation(lowering.Resolved(call)));
        }
        output = lowering.Resolve(recording.Output);
        return lowering.operations;
    }

    private RecordedValue Resolve(RecordedValue value) => same.GetValueOrDefault(value, value);

    private RecordedCall Resolved(RecordedCall call) => call with
    {
        Arguments =
        [
            .. call.Arguments.Select(argument => argument with
            {
                Value = argument.Value is { } value ? Resolve(value) : null,
                List = argument.List?.Select(element => element is null ? null : Resolve(element)).ToArray(),
            }),
        ],
    };

    private bool Lower(RecordedCall call) => call.Operator.ToString() switch
    {
        "aten::conv2d" => Convolution(call),
        "seg::add_act_" => AddAct(call),
        "aten::relu" or "aten::relu_" => Input(call[0]) is { } source && Sum(call, [source], bias: default, relu: true),
        "aten::add.Tensor" or "aten::add_.Tensor" => Add(call),
        "seg::sum_upsampled" => SumUpsampled(call),
        "aten::max_pool2d" => MaxPool(call),
        "aten::to.dtype" => ConversionToType(call),
        "aten::contiguous" => call[1].Plain.AsInteger == MemoryFormat.ChannelsLastFormat && IsSame(call),
        "aten::alias" or "aten::detach" => IsSame(call),
        _ => false,
    };

    /// <summary>The argument as a map that depends on the image, in the plan's type; null for anything else.</summary>
    private RecordedValue? Input(RecordedArgument argument) =>
        argument.Value is { Constant: null } value && Resolve(value) is { IsMap: true } map && map.Type == type ? map : null;

    private RecordedValue? Target(RecordedCall call) => call.Results is [{ IsMap: true } target] && target.Type == type ? target : null;

    private void Append(MapOperation operation)
    {
        operations.Remove(operation);   // what is fused into a convolution moves it behind all that it now reads
        operations.Add(operation);
        producers[operation.Target] = operation;
    }

    private bool IsSame(RecordedCall call)
    {
        if (Input(call[0]) is not { } source || Target(call) is not { } target || !source.HasShapeOf(target))
            return false;
        if (target != source)
        {
            source.Uses += target.Uses - 1;
            same[target] = source;
        }
        return true;
    }

    private bool ConversionToType(RecordedCall call)
    {
        if (call[0].Value is not { Constant: null, IsMap: true } value || Target(call) is not { } target)
            return false;
        if (value.Type == type)
            return IsSame(call);
        if (value.Type is not (ScalarType.Float32 or ScalarType.BFloat16))
            return false;
        Append(new MapOperation(PlanStepKind.Import, Resolve(value), target));
        return true;
    }

    private bool Convolution(RecordedCall call)
    {
        if (Input(call[0]) is not { } source || Target(call) is not { } target || call[1].Value is not { Constant: not null } weights)
            return false;
        var (strides, padding, dilation) = (Pair(call[3], 1), Pair(call[4], 0), Pair(call[5], 1));
        var groups = call[6].IsNone ? 1 : call[6].Plain.AsInteger;
        var kernel = ((int)weights.Shape[2], (int)weights.Shape[3]);
        if (groups != 1 || strides.Y != strides.X || strides.Y > 2 || dilation.Y != dilation.X || kernel.Item1 * kernel.Item2 > MostTaps
            || call[2].Value is { Constant: null })
        {
            return false;
        }
        Append(new MapOperation(PlanStepKind.Convolution, source, target)
        {
            Weights = weights,
            Bias = call[2].Value,
            Kernel = kernel,
            Stride = strides.Y,
            Padding = padding,
            Dilation = dilation.Y,
        });
        return true;
    }

    private static (int Y, int X) Pair(RecordedArgument argument, int missing) => argument.Plain.AsIntegers switch
    {
        [var both] => ((int)both, (int)both),
        [var y, var x] => ((int)y, (int)x),
        _ => argument.IsNone ? (missing, missing) : ((int)argument.Plain.AsInteger, (int)argument.Plain.AsInteger),
    };

    private bool AddAct(RecordedCall call)
    {
        if (Input(call[0]) is not { } source)
            return false;
        if (call[1].IsNone)
            return Sum(call, [source], bias: default, call[2].AsBoolean);
        return Input(call[1]) is { } residual && residual.HasShapeOf(source) && Sum(call, [source, residual], bias: default, call[2].AsBoolean);
    }

    private bool Add(RecordedCall call) =>
        (call[2].IsNone || call[2].Plain.AsReal == 1.0) && Input(call[0]) is { } left && Input(call[1]) is { } right && left.HasShapeOf(right)
        && Sum(call, [left, right], bias: default, relu: false);

    private bool SumUpsampled(RecordedCall call)
    {
        if (call[0].List is not { } list)
            return false;
        var maps = list.Select(map => map is null ? null : Input(new RecordedArgument(default, map))).ToArray();
        var grows = maps.All(map => map is not null && map.Shape[2] <= maps[0]!.Shape[2] && map.Shape[3] <= maps[0]!.Shape[3]);
        return grows && call[1].Value is not { Constant: null }
            && Sum(call, maps!, call[1].Value, call[3].AsBoolean, alignCorners: call[2].AsBoolean, nearest: call[4].AsBoolean);
    }

    /// <summary>The sum of maps, the first as large as the target. Maps of its size are added by the convolutions that made them, where one did.</summary>
    private bool Sum(
        RecordedCall call, RecordedValue[] maps, RecordedValue? bias, bool relu, bool alignCorners = false, bool nearest = false)
    {
        if (Target(call) is not { } target)
            return false;
        var sum = maps[0];
        var terms = new List<RecordedValue>();
        foreach (var map in maps.Skip(1))
        {
            if (!map.HasShapeOf(sum))
                terms.Add(map);
            else if (Open(map) is { } convolution)
                sum = AddTo(convolution, sum);
            else if (Open(sum) is { } other)
                sum = AddTo(other, map);
            else
                terms.Add(map);
        }
        if (terms.Count > MostTerms)
            return false;
        if (terms.Count == 0 && bias is null && producers.TryGetValue(sum, out var last) && IsAlone(last) && !last.Relu)
        {
            producers.Remove(last.Target);
            (last.Target, last.Relu) = (target, relu);
            Append(last);
            return true;
        }
        Append(new MapOperation(PlanStepKind.Sum, sum, target) { Terms = [.. terms], Bias = bias, Relu = relu, AlignCorners = alignCorners, Nearest = nearest });
        return true;
    }

    /// <summary>The convolution that made the value, if nobody else reads it and it can still take a residual.</summary>
    private MapOperation? Open(RecordedValue value) =>
        producers.TryGetValue(value, out var operation) && IsAlone(operation) && operation is { Residual: null, Relu: false } ? operation : null;

    private static bool IsAlone(MapOperation operation) => operation.Kind == PlanStepKind.Convolution && operation.Target.Uses == 1;

    private RecordedValue AddTo(MapOperation convolution, RecordedValue residual)
    {
        convolution.Residual = residual;
        Append(convolution);
        return convolution.Target;
    }

    private bool MaxPool(RecordedCall call)
    {
        if (Input(call[0]) is not { } source || Target(call) is not { } target)
            return false;
        var (kernel, strides, padding, dilation) = (Pair(call[1], 0), Pair(call[2], 0), Pair(call[3], 0), Pair(call[4], 1));
        // Padding is zero here and −∞ there: the same for values that are not negative.
        var notNegative = producers.TryGetValue(source, out var producer) && producer.Relu;
        if (!notNegative || kernel.Y != kernel.X || strides.Y != strides.X || strides.Y is < 1 or > 2 || padding.Y != padding.X || dilation != (1, 1)
            || call[5].AsBoolean)
        {
            return false;
        }
        Append(new MapOperation(PlanStepKind.MaxPool, source, target) { Kernel = kernel, Stride = strides.Y, Padding = padding });
        return true;
    }
}

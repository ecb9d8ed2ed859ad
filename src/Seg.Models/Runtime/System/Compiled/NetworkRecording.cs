using System.Security.Cryptography;
using System.Text;
using TorchSharp;
using TorchSharp.Interop;
using static TorchSharp.torch;

namespace Seg.Models.Runtime.Compiled;

/// <summary>Hears which operators a network calls on one input, and keeps them with where each tensor came from.</summary>
/// <remarks>
/// Tensors are told apart by their native address. Nothing is kept alive for it but constants: an address that is used again for another tensor
/// is that tensor's from then on. What is left of doubt is settled by the plan's first run, which is compared with the network's own.
/// </remarks>
internal sealed class NetworkRecording : IDisposable
{
    // Their results share memory with their first argument: to write one is to write the other.
    private static readonly HashSet<string> Views =
    [
        "aten::view", "aten::reshape", "aten::narrow", "aten::select", "aten::slice", "aten::squeeze", "aten::unsqueeze", "aten::permute",
        "aten::transpose", "aten::expand", "aten::expand_as", "aten::chunk", "aten::split", "aten::split_with_sizes", "aten::flatten", "aten::contiguous",
        "aten::to", "aten::detach", "aten::alias", "aten::unflatten", "aten::as_strided", "aten::t", "aten::view_as", "aten::unbind", "aten::dropout",
    ];

    private readonly Dictionary<nint, RecordedValue> values = [];
    private readonly Dictionary<nint, RecordedValue> constants = [];
    private readonly Dictionary<RecordedValue, HashSet<RecordedValue>> families = [];   // of values that share memory
    private readonly HashSet<RecordedValue> overwritten = [];
    private readonly List<RecordedCall> calls = [];
    private readonly int thread = Environment.CurrentManagedThreadId;
    private readonly Action<int, Tensor>? observer;
    private Exception? fault;

    private NetworkRecording(Tensor input, Action<int, Tensor>? observer)
    {
        this.observer = observer;
        Input = new RecordedValue(input.shape, input.dtype, constant: null);
        values[input.Handle] = Input;
    }

    public RecordedValue Input { get; }

    public RecordedValue Output { get; private set; } = null!;

    public IReadOnlyList<RecordedCall> Calls => calls;

    /// <summary>The same for recordings of the same operators on maps of as many channels, of whatever size.</summary>
    public string Fingerprint
    {
        get
        {
            var text = string.Join('\n', calls.Select(call => $"{call.Operator} {(call.Results is [{ IsMap: true } map, ..] ? map.Shape[1] : 0)}"));
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
        }
    }

    /// <summary>Runs the network and records it.</summary>
    /// <param name="result">What the network returned.</param>
    /// <param name="observer">Given the number of each call that gives a rectified map (<see cref="RecordedCall.Rectifies"/>), with the map as it is then.</param>
    /// <exception cref="NotCompilableException">It reads values of tensors into the program, or writes into views.</exception>
    public static NetworkRecording Of(Func<Tensor, Tensor> network, Tensor input, out Tensor result, Action<int, Tensor>? observer = null)
    {
        var recording = new NetworkRecording(input, observer);
        OperatorLog.Called += recording.Hear;
        OperatorLog.Read += recording.HearRead;
        try
        {
            result = network(input);
        }
        catch
        {
            recording.Dispose();
            throw;
        }
        finally
        {
            OperatorLog.Read -= recording.HearRead;
            OperatorLog.Called -= recording.Hear;
        }
        if (recording.fault is null && recording.values.TryGetValue(result.Handle, out var output))
        {
            recording.Output = output;
            output.Uses++;
            return recording;
        }
        recording.Dispose();
        throw recording.fault ?? new NotCompilableException("the network's output comes from no operator");
    }

    public void Dispose()
    {
        foreach (var constant in constants.Values)
            constant.Constant!.Dispose();
    }

    private void Hear(Operator op, ReadOnlySpan<Value> arguments, ReadOnlySpan<Tensor?> results)
    {
        if (Environment.CurrentManagedThreadId != thread || fault is not null)
            return;
        if (DependsOnInput(arguments))
        {
            try
            {
                Add(op, arguments, results);
            }
            catch (NotCompilableException error)
            {
                fault = error;   // the network itself goes on
            }
            return;
        }
        foreach (var result in results)
        {
            if (result is not null)
                values.Remove(result.Handle);
        }
    }

    private void HearRead(Tensor tensor)
    {
        if (Environment.CurrentManagedThreadId == thread && values.ContainsKey(tensor.Handle))
            fault ??= new NotCompilableException("the program reads a value that depends on the image");
    }

    private bool DependsOnInput(ReadOnlySpan<Value> arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument.AsTensor is { } tensor && values.ContainsKey(tensor.Handle))
                return true;
            if (argument.AsTensors is { } list && list.Any(element => element is not null && values.ContainsKey(element.Handle)))
                return true;
        }
        return false;
    }

    private void Add(Operator op, ReadOnlySpan<Value> arguments, ReadOnlySpan<Tensor?> results)
    {
        var recorded = new RecordedArgument[arguments.Length];
        for (var index = 0; index < recorded.Length; index++)
            recorded[index] = Recorded(arguments[index]);
        if (RecordedCall.WritesFirstArgument(op))
        {
            var target = arguments[0].AsTensor ?? throw new NotCompilableException($"{op} writes several tensors");
            var before = recorded[0].Value!;
            if (before.Constant is not null)
                throw new NotCompilableException($"{op} writes into a weight");
            if (families.Remove(before, out var family))
                overwritten.UnionWith(family.Where(other => other != before));
            calls.Add(new RecordedCall(op, recorded, [values[target.Handle] = new RecordedValue(target.shape, target.dtype, constant: null)]));
            Show(target);
            return;
        }
        if (results.Length == 0)
            throw new NotCompilableException($"{op} brings a value into the program that depends on the image");
        var made = new RecordedValue?[results.Length];
        for (var index = 0; index < made.Length; index++)
        {
            if (results[index] is not { } result)
                continue;
            if (values.TryGetValue(result.Handle, out var same) && recorded.Any(argument => argument.Value == same))
            {
                made[index] = same;   // the operator returned its argument
                continue;
            }
            values[result.Handle] = made[index] = new RecordedValue(result.shape, result.dtype, constant: null);
            if (Views.Contains(op.Name) && recorded[0].Value is { } viewed)
                Join(made[index]!, viewed);
        }
        calls.Add(new RecordedCall(op, recorded, made));
        if (results[0] is { } first)
            Show(first);
    }

    private void Show(Tensor map)
    {
        if (observer is not null && calls[^1].Rectifies)
            observer(calls.Count - 1, map);
    }

    private void Join(RecordedValue view, RecordedValue viewed)
    {
        if (!families.TryGetValue(viewed, out var family))
            families[viewed] = family = [viewed];
        family.Add(view);
        families[view] = family;
    }

    private RecordedArgument Recorded(Value argument)
    {
        if (argument.AsTensor is { } tensor)
            return new RecordedArgument(default, Read(tensor));
        return argument.AsTensors is { } list ? new RecordedArgument(default, List: [.. list.Select(element => element is null ? null : Read(element))])
            : new RecordedArgument(argument);
    }

    private RecordedValue Read(Tensor tensor)
    {
        if (!values.TryGetValue(tensor.Handle, out var value) && !constants.TryGetValue(tensor.Handle, out value))
        {
            value = new RecordedValue(tensor.shape, tensor.dtype, tensor.alias().DetachFromDisposeScope());
            constants.Add(tensor.Handle, value);   // alive from now on, so that its address stays its own
        }
        if (overwritten.Contains(value))
            throw new NotCompilableException("a tensor is read after another view of its memory was written");
        value.Uses++;
        return value;
    }
}

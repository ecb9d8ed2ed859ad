using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace TorchSharp.Interop;

/// <summary>
/// One operator of libtorch ("aten::convolution") or of the shim's own ("seg::…"), called through the c10 dispatcher. A new operator is
/// one line: <c>new Operator("aten::relu").Tensor(x)</c>.
/// </summary>
/// <remarks>
/// Arguments stand in the order of the operator's schema (<see cref="Schema"/>); trailing ones may be left out where the schema has a
/// default. The operator is looked up on its first call, so an <see cref="Operator"/> costs nothing until then; keep it in a static field.
/// A call allocates nothing but its results. Safe to call from any thread.
/// </remarks>
/// <exception cref="ExternalException">
/// From every call: no such operator, a wrong count or kind of arguments, or what libtorch itself rejects.
/// </exception>
/// <exception cref="ObjectDisposedException">From every call: an argument has been disposed.</exception>
public sealed unsafe class Operator(string name, string overload = "")
{
    // Long lists of tensors (an optimizer's) go to the heap, everything usual stays on the stack.
    private const int StackScratch = 1024;
    private const int StackArguments = 32;

    private nint handle;
    private int resultCapacity;

    /// <summary>With its namespace: "aten::add".</summary>
    public string Name { get; } = name;

    /// <summary>"" for the default one.</summary>
    public string Overload { get; } = overload;

    /// <summary>What the operator takes and gives, as libtorch writes it.</summary>
    public string Schema => Marshal.PtrToStringUTF8((nint)NativeMethods.seg_operator_schema(Find()))!;

    public override string ToString() => Overload.Length == 0 ? Name : $"{Name}.{Overload}";

    /// <summary>Calls an operator that has one tensor as its result.</summary>
    [SkipLocalsInit]
    public torch.Tensor Tensor(params ReadOnlySpan<Value> arguments)
    {
        NativeValue result;
        Call(arguments, &result, 1);
        if (result.Kind != ValueKind.Tensor)
        {
            Free(result);
            throw new InvalidOperationException($"{this} gave {result.Kind} where one tensor was expected.");
        }
        var tensor = new torch.Tensor((nint)result.Pointer);
        if (OperatorLog.IsListening)
            OperatorLog.Record(this, arguments, tensor);
        return tensor;
    }

    /// <summary>
    /// Calls an operator that has several tensors or a list of tensors as its results. Undefined tensors come back as null.
    /// </summary>
    public torch.Tensor[] Tensors(params ReadOnlySpan<Value> arguments)
    {
        Find();
        var results = stackalloc NativeValue[resultCapacity];
        var count = Call(arguments, results, resultCapacity);
        var tensors = new List<torch.Tensor?>(count);
        for (var i = 0; i < count; i++)
        {
            if (results[i].Kind == ValueKind.TensorList)
            {
                foreach (var element in new ReadOnlySpan<nint>(results[i].Pointer, results[i].Length))
                    tensors.Add(element == 0 ? null : new torch.Tensor(element));
                NativeMethods.seg_list_free(results[i].Pointer);
            }
            else
            {
                tensors.Add(results[i].Kind == ValueKind.Tensor ? new torch.Tensor((nint)results[i].Pointer) : null);
            }
        }
        var array = tensors.ToArray();
        if (OperatorLog.IsListening)
            OperatorLog.Record(this, arguments, array);
        return array!;
    }

    /// <summary>Calls an operator for what it does to its arguments; its results are dropped.</summary>
    public void Invoke(params ReadOnlySpan<Value> arguments)
    {
        Find();
        var results = stackalloc NativeValue[resultCapacity];
        var count = Call(arguments, results, resultCapacity);
        for (var i = 0; i < count; i++)
            Free(results[i]);
        if (OperatorLog.IsListening)
            OperatorLog.Record(this, arguments, []);
    }

    /// <summary>Calls an operator that changes its first argument, a tensor, and returns that very object.</summary>
    public torch.Tensor InPlace(params ReadOnlySpan<Value> arguments)
    {
        Invoke(arguments);
        return arguments[0].AsTensor!;
    }

    /// <summary>Calls an operator whose result is an int.</summary>
    public long Integer(params ReadOnlySpan<Value> arguments) => Plain(arguments, ValueKind.Integer).Integer;

    /// <summary>Calls an operator whose result is a float.</summary>
    public double Real(params ReadOnlySpan<Value> arguments)
    {
        var result = Plain(arguments, ValueKind.Real);
        return result.Kind == ValueKind.Real ? result.Real : result.Integer;
    }

    /// <summary>Calls an operator whose result is a bool.</summary>
    public bool Boolean(params ReadOnlySpan<Value> arguments) => Plain(arguments, ValueKind.Boolean).Integer != 0;

    private NativeValue Plain(ReadOnlySpan<Value> arguments, ValueKind kind)
    {
        NativeValue result;
        Call(arguments, &result, 1);
        if (result.Kind is not (ValueKind.Integer or ValueKind.Real or ValueKind.Boolean)
            || (result.Kind != kind && !(kind == ValueKind.Real && result.Kind == ValueKind.Integer)))
        {
            Free(result);
            throw new InvalidOperationException($"{this} gave {result.Kind} where {kind} was expected.");
        }
        if (OperatorLog.IsListening)
            OperatorLog.Record(this, arguments, []);
        return result;
    }

    [SkipLocalsInit]
    private int Call(ReadOnlySpan<Value> arguments, NativeValue* results, int capacity)
    {
        var op = Find();
        var scratchSize = 0;
        foreach (ref readonly var argument in arguments)
            scratchSize += (argument.ScratchSize + 7) & ~7;
        if (scratchSize > StackScratch || arguments.Length > StackArguments)
            return CallOverHeap(op, arguments, scratchSize, results, capacity);
        var native = stackalloc NativeValue[StackArguments];
        var scratch = stackalloc byte[StackScratch];
        return Call(op, arguments, native, scratch, results, capacity);
    }

    private static int CallOverHeap(nint op, ReadOnlySpan<Value> arguments, int scratchSize, NativeValue* results, int capacity)
    {
        var memory = (byte*)NativeMemory.Alloc((nuint)(arguments.Length * sizeof(NativeValue) + scratchSize));
        try
        {
            return Call(op, arguments, (NativeValue*)memory, memory + arguments.Length * sizeof(NativeValue), results, capacity);
        }
        finally
        {
            NativeMemory.Free(memory);
        }
    }

    private static int Call(nint op, ReadOnlySpan<Value> arguments, NativeValue* native, byte* scratch, NativeValue* results, int capacity)
    {
        for (var i = 0; i < arguments.Length; i++)
            arguments[i].Write(native + i, ref scratch);
        int count;
        var code = NativeMethods.seg_call(op, native, arguments.Length, results, capacity, &count);
        KeepAlive(arguments);
        NativeError.Check(code);
        return count;
    }

    // The arguments' tensors must not be finalized while libtorch works on their handles.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void KeepAlive(ReadOnlySpan<Value> arguments) => _ = arguments;

    private static void Free(NativeValue value)
    {
        switch (value.Kind)
        {
            case ValueKind.Tensor:
                NativeMethods.seg_tensor_free((nint)value.Pointer);
                break;
            case ValueKind.TensorList:
                foreach (var element in new ReadOnlySpan<nint>(value.Pointer, value.Length))
                    NativeMethods.seg_tensor_free(element);
                NativeMethods.seg_list_free(value.Pointer);
                break;
            case ValueKind.IntegerList:
                NativeMethods.seg_list_free(value.Pointer);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private nint Find() => handle != 0 ? handle : LookUp();

    private nint LookUp()
    {
        nint found;
        fixed (byte* nameBytes = Encoding.UTF8.GetBytes(Name + '\0'), overloadBytes = Encoding.UTF8.GetBytes(Overload + '\0'))
            NativeError.Check(NativeMethods.seg_operator_find(nameBytes, overloadBytes, &found));
        resultCapacity = Math.Max(1, NativeMethods.seg_operator_result_count(found));
        Volatile.Write(ref handle, found); // after the capacity, which another thread reads once it sees the handle
        return found;
    }
}

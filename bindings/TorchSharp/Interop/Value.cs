using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace TorchSharp.Interop;

/// <summary>
/// One argument of an <see cref="Operator"/>: a tagged value, which the native side checks against the operator's schema.
/// </summary>
/// <remarks>
/// Conversions are implicit. Arrays are read when the operator is called and not kept. A null tensor, string, list or number is <see
/// cref="None"/>.
/// </remarks>
public readonly struct Value
{
    private readonly object? reference;
    private readonly long bits;
    private readonly int extra;

    private Value(ValueKind kind, long bits, object? reference = null, int extra = 0)
    {
        Kind = kind;
        this.bits = bits;
        this.reference = reference;
        this.extra = extra;
    }

    /// <summary>An absent optional argument.</summary>
    public static Value None => default;

    public ValueKind Kind { get; }

    /// <summary>The tensor, or null where this holds something else.</summary>
    public Tensor? AsTensor => reference as Tensor;

    /// <summary>The integer, boolean (0 or 1) or device index.</summary>
    public long AsInteger => bits;

    public double AsReal => Kind == ValueKind.Real ? BitConverter.Int64BitsToDouble(bits) : bits;

    public long[]? AsIntegers => reference as long[];

    /// <summary>The list of tensors, in which null stands for an absent one; null where this holds something else.</summary>
    public Tensor?[]? AsTensors => reference as Tensor?[];

    public static implicit operator Value(Tensor? value) => value is null ? default : new(ValueKind.Tensor, 0, value);

    public static implicit operator Value(long value) => new(ValueKind.Integer, value);

    public static implicit operator Value(int value) => new(ValueKind.Integer, value);

    public static implicit operator Value(double value) => new(ValueKind.Real, BitConverter.DoubleToInt64Bits(value));

    public static implicit operator Value(float value) => (double)value;

    public static implicit operator Value(bool value) => new(ValueKind.Boolean, value ? 1 : 0);

    public static implicit operator Value(ScalarType value) => new(ValueKind.Integer, (long)value);

    public static implicit operator Value(long? value) => value is { } given ? given : default(Value);

    public static implicit operator Value(int? value) => value is { } given ? given : default(Value);

    public static implicit operator Value(double? value) => value is { } given ? given : default(Value);

    public static implicit operator Value(bool? value) => value is { } given ? given : default(Value);

    public static implicit operator Value(ScalarType? value) => value is { } given ? given : default(Value);

    public static implicit operator Value(string? value) => value is null ? default : new(ValueKind.String, 0, value);

    public static implicit operator Value(long[]? value) => value is null ? default : new(ValueKind.IntegerList, 0, value);

    public static implicit operator Value(double[]? value) => value is null ? default : new(ValueKind.RealList, 0, value);

    public static implicit operator Value(bool[]? value) => value is null ? default : new(ValueKind.BooleanList, 0, value);

    /// <summary>A list of tensors; null elements are absent ones, where the schema allows them.</summary>
    public static implicit operator Value(Tensor?[]? value) => value is null ? default : new(ValueKind.TensorList, 0, value);

    public static implicit operator Value(Device? value) =>
        value is null ? default : new(ValueKind.Device, value.index, null, (int)value.type);

    public static implicit operator Value(Generator? value) => value is null ? default : new(ValueKind.Generator, 0, value);

    public static implicit operator Value(Scalar? value) => value is null ? default : value.ToValue();

    /// <summary>Bytes of memory that the native form needs besides itself; 0 for what is no list and no text.</summary>
    internal int ScratchSize => reference is null or Tensor ? 0 : ListSize;

    private int ListSize => Kind switch
    {
        ValueKind.String => ((string)reference!).Length * 3,
        ValueKind.IntegerList => ((long[])reference!).Length * sizeof(long),
        ValueKind.RealList => ((double[])reference!).Length * sizeof(double),
        ValueKind.BooleanList => (((bool[])reference!).Length + 7) & ~7,
        ValueKind.TensorList => ((Tensor?[])reference!).Length * sizeof(long),
        _ => 0,
    };

    /// <summary>
    /// Writes the native form; lists and text go to <paramref name="scratch"/>, which moves on by <see cref="ScratchSize"/>.
    /// </summary>
    /// <exception cref="ObjectDisposedException">A tensor or generator has been disposed.</exception>
    internal unsafe void Write(NativeValue* target, ref byte* scratch)
    {
        target->Kind = Kind;
        target->Length = extra;
        if (Kind == ValueKind.Tensor)
            target->Integer = Unsafe.As<Tensor>(reference!).Handle; // the kind has been set by the tensor's own conversion
        else if (reference is null)
            target->Integer = bits;
        else
            WriteReference(target, ref scratch);
    }

    private unsafe void WriteReference(NativeValue* target, ref byte* scratch)
    {
        switch (Kind)
        {
            case ValueKind.Generator:
                target->Integer = ((Generator)reference!).ValidHandle;
                break;
            default:
                target->Pointer = scratch;
                target->Length = WriteList(scratch);
                scratch += (ListSize + 7) & ~7;
                break;
        }
    }

    private unsafe int WriteList(byte* scratch)
    {
        switch (reference)
        {
            case string text:
                return System.Text.Encoding.UTF8.GetBytes(text, new Span<byte>(scratch, text.Length * 3));
            case long[] integers:
                integers.CopyTo(new Span<long>(scratch, integers.Length));
                return integers.Length;
            case double[] reals:
                reals.CopyTo(new Span<double>(scratch, reals.Length));
                return reals.Length;
            case bool[] booleans:
                booleans.CopyTo(new Span<bool>(scratch, booleans.Length));
                return booleans.Length;
            case Tensor?[] tensors:
                for (var i = 0; i < tensors.Length; i++)
                    ((nint*)scratch)[i] = tensors[i]?.Handle ?? 0;
                return tensors.Length;
            default:
                throw new InvalidOperationException($"A value of kind {Kind} is no list.");
        }
    }
}

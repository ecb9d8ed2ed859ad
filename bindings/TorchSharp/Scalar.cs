using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>A number of any type, as operators take it. Plain numbers convert to it by themselves.</summary>
/// <remarks>Holds no native memory; <see cref="Dispose"/> is there because TorchSharp's has one.</remarks>
public sealed class Scalar : IDisposable
{
    private readonly long integer;
    private readonly double real;

    private Scalar(torch.ScalarType type, long integer, double real)
    {
        Type = type;
        this.integer = integer;
        this.real = real;
    }

    public torch.ScalarType Type { get; }

    public static implicit operator Scalar(byte value) => new(torch.ScalarType.Byte, value, value);

    public static implicit operator Scalar(sbyte value) => new(torch.ScalarType.Int8, value, value);

    public static implicit operator Scalar(short value) => new(torch.ScalarType.Int16, value, value);

    public static implicit operator Scalar(int value) => new(torch.ScalarType.Int32, value, value);

    public static implicit operator Scalar(long value) => new(torch.ScalarType.Int64, value, value);

    public static implicit operator Scalar(Half value) => new(torch.ScalarType.Float16, 0, (double)value);

    public static implicit operator Scalar(BFloat16 value) => new(torch.ScalarType.BFloat16, 0, value.ToSingle());

    public static implicit operator Scalar(float value) => new(torch.ScalarType.Float32, 0, value);

    public static implicit operator Scalar(double value) => new(torch.ScalarType.Float64, 0, value);

    public static implicit operator Scalar(bool value) => new(torch.ScalarType.Bool, value ? 1 : 0, value ? 1 : 0);

    public void Dispose() { }

    public override string ToString() => Type switch
    {
        torch.ScalarType.Bool => (integer != 0).ToString(),
        var type when torch.is_integral(type) => integer.ToString(),
        _ => real.ToString(),
    };

    internal double Real => real;

    internal long Integer => torch.is_floating_point(Type) ? (long)real : integer;

    internal Value ToValue() => Type == torch.ScalarType.Bool ? integer != 0 : torch.is_floating_point(Type) ? real : (Value)integer;
}

using static TorchSharp.torch;

namespace TorchSharp.Utils;

/// <summary>Which C# type stands for which type of elements.</summary>
internal static class ElementTypes
{
    internal static bool TryGet(Type type, out ScalarType scalarType)
    {
        ScalarType? found = type == typeof(float) ? ScalarType.Float32
            : type == typeof(byte) ? ScalarType.Byte
            : type == typeof(long) ? ScalarType.Int64
            : type == typeof(int) ? ScalarType.Int32
            : type == typeof(double) ? ScalarType.Float64
            : type == typeof(bool) ? ScalarType.Bool
            : type == typeof(Half) ? ScalarType.Float16
            : type == typeof(BFloat16) ? ScalarType.BFloat16
            : type == typeof(short) ? ScalarType.Int16
            : type == typeof(sbyte) ? ScalarType.Int8
            : null;
        scalarType = found.GetValueOrDefault();
        return found is not null;
    }

    /// <exception cref="NotSupportedException">No tensor holds such elements.</exception>
    internal static ScalarType Of(Type type) =>
        TryGet(type, out var found) ? found : throw new NotSupportedException($"The type {type.FullName} is not supported.");

    /// <summary>Bytes of one element.</summary>
    internal static int SizeOf(ScalarType type) => type switch
    {
        ScalarType.Byte or ScalarType.Int8 or ScalarType.Bool or ScalarType.QInt8 or ScalarType.QUInt8 => 1,
        ScalarType.Int16 or ScalarType.Float16 or ScalarType.BFloat16 => 2,
        ScalarType.Int32 or ScalarType.Float32 or ScalarType.QInt32 => 4,
        ScalarType.Int64 or ScalarType.Float64 or ScalarType.ComplexFloat32 => 8,
        ScalarType.ComplexFloat64 => 16,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "There is no such type of elements."),
    };
}

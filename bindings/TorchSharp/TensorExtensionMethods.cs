using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>The one element of a tensor as a number of C#, and more of what TorchSharp adds to tensors from outside.</summary>
public static class TensorExtensionMethods
{
    public static Half ToHalf(this Tensor value) => value.ToScalar().ToHalf();

    public static BFloat16 ToBFloat16(this Tensor value) => value.ToScalar().ToBFloat16();

    public static float ToSingle(this Tensor value) => value.ToScalar().ToSingle();

    public static double ToDouble(this Tensor value) => value.ToScalar().ToDouble();

    public static sbyte ToSByte(this Tensor value) => value.ToScalar().ToSByte();

    public static byte ToByte(this Tensor value) => value.ToScalar().ToByte();

    public static short ToInt16(this Tensor value) => value.ToScalar().ToInt16();

    public static int ToInt32(this Tensor value) => value.ToScalar().ToInt32();

    public static long ToInt64(this Tensor value) => value.ToScalar().ToInt64();

    public static bool ToBoolean(this Tensor value) => value.ToScalar().ToBoolean();

    /// <summary>Bytes of one element.</summary>
    public static int ElementSize(this ScalarType type) => ElementTypes.SizeOf(type);

    /// <summary>The product of sizes.</summary>
    public static long TotalSize(this IEnumerable<long> shape) => shape.Aggregate(1L, (product, size) => product * size);

    /// <summary>The tensor's elements as text; long tensors are shortened in the middle of each dimension.</summary>
    public static string str(this Tensor tensor, string? fltFormat = null) => TensorText.Describe(tensor, fltFormat ?? "g5");
}

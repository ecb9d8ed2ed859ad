using static TorchSharp.torch;

namespace Seg.Models.Weights;

/// <summary>Types of numbers under their names in .safetensors files, and how much room tensors take.</summary>
internal static class TensorTypes
{
    private static readonly (string Name, ScalarType Type, int Size)[] Table =
    [
        ("F64", ScalarType.Float64, 8),
        ("F32", ScalarType.Float32, 4),
        ("F16", ScalarType.Float16, 2),
        ("BF16", ScalarType.BFloat16, 2),
        ("I64", ScalarType.Int64, 8),
        ("I32", ScalarType.Int32, 4),
        ("I16", ScalarType.Int16, 2),
        ("I8", ScalarType.Int8, 1),
        ("U8", ScalarType.Byte, 1),
        ("BOOL", ScalarType.Bool, 1),
    ];

    public static string NameOf(ScalarType type) =>
        Table.FirstOrDefault(row => row.Type == type).Name
            ?? throw new ArgumentException($"A .safetensors file cannot hold tensors of {type}.", nameof(type));

    public static bool TryParse(string name, out ScalarType type, out int elementSize)
    {
        (var found, type, elementSize) = Table.FirstOrDefault(row => row.Name == name);
        return found is not null;
    }

    public static int SizeOf(ScalarType type) => Table.First(row => row.Type == type).Size;

    /// <summary>Bytes of a tensor; -1 where the shape is impossible or larger than a file can be.</summary>
    public static long ByteCount(IReadOnlyList<long> shape, int elementSize)
    {
        var count = (Int128)elementSize;
        foreach (var extent in shape)
        {
            if (extent < 0)
                return -1;
            count *= extent;
            if (count > int.MaxValue)
                return -1;
        }
        return (long)count;
    }
}

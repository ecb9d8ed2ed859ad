using static TorchSharp.torch;

namespace Seg.Models.Weights;

/// <summary>Types of numbers under their names in files, and how much room tensors take.</summary>
internal static class TensorTypes
{
    /// <summary>More than any network has, and than .npy files may have.</summary>
    public const int MaximumDimensions = 16;

    // Name in .safetensors files, class of the storage in PyTorch's checkpoints, bytes of a number.
    private static readonly (string Name, string Storage, ScalarType Type, int Size)[] Table =
    [
        ("F64", "DoubleStorage", ScalarType.Float64, 8),
        ("F32", "FloatStorage", ScalarType.Float32, 4),
        ("F16", "HalfStorage", ScalarType.Float16, 2),
        ("BF16", "BFloat16Storage", ScalarType.BFloat16, 2),
        ("I64", "LongStorage", ScalarType.Int64, 8),
        ("I32", "IntStorage", ScalarType.Int32, 4),
        ("I16", "ShortStorage", ScalarType.Int16, 2),
        ("I8", "CharStorage", ScalarType.Int8, 1),
        ("U8", "ByteStorage", ScalarType.Byte, 1),
        ("BOOL", "BoolStorage", ScalarType.Bool, 1),
    ];

    /// <summary>The classes of storages in PyTorch's checkpoints, without their module.</summary>
    public static IEnumerable<(string Name, ScalarType Type)> Storages => Table.Select(row => (row.Storage, row.Type));

    /// <exception cref="ArgumentException">Files of weights do not hold this type.</exception>
    public static string NameOf(ScalarType type) => Row(type).Name;

    /// <exception cref="ArgumentException">Files of weights do not hold this type.</exception>
    public static string StorageOf(ScalarType type) => Row(type).Storage;

    public static bool TryParse(string name, out ScalarType type, out int elementSize)
    {
        (var found, _, type, elementSize) = Table.FirstOrDefault(row => row.Name == name);
        return found is not null;
    }

    public static int SizeOf(ScalarType type) => Row(type).Size;

    /// <summary>Bytes of a tensor; -1 where the shape is impossible, or larger than the 2 GiB that one tensor may take here.</summary>
    public static long ByteCount(IReadOnlyList<long> shape, int elementSize)
    {
        if (shape.Count > MaximumDimensions)
            return -1;
        // Also the extents of an empty tensor must be sane, as its strides are products of them.
        var (bytes, isEmpty) = ((long)elementSize, false);
        foreach (var extent in shape)
        {
            if (extent is < 0 or > int.MaxValue)
                return -1;
            isEmpty |= extent == 0;
            bytes *= Math.Max(extent, 1);
            if (bytes > int.MaxValue)
                return -1;
        }
        return isEmpty ? 0 : bytes;
    }

    private static (string Name, string Storage, ScalarType Type, int Size) Row(ScalarType type)
    {
        var row = Table.FirstOrDefault(row => row.Type == type);
        return row.Name is null ? throw new ArgumentException($"Files of weights do not hold tensors of {type}.", nameof(type)) : row;
    }
}

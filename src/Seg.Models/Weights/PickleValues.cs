using static TorchSharp.torch;

namespace Seg.Models.Weights;

/// <summary>A dictionary of a pickle, in its order. Entries under other keys than text are left out: no weight has such a name.</summary>
internal sealed class PickleDictionary : OrderedDictionary<string, object?>;

/// <summary>A value that is kept as a place-holder only.</summary>
internal sealed class PickleInert
{
    public static PickleInert Instance { get; } = new();
}

/// <summary>Numbers that tensors are views of.</summary>
/// <param name="Key">The storage's name in the file.</param>
/// <param name="Type">Type of the numbers.</param>
/// <param name="Count">How many; of the whole storage.</param>
internal sealed record PickleStorage(string Key, ScalarType Type, long Count)
{
    /// <summary>Where the part begins that tensors count from.</summary>
    public long PartStart { get; init; }

    /// <summary>Bytes of all numbers; -1 where the count is impossible.</summary>
    public long ByteCount => TensorTypes.ByteCount([Count], TensorTypes.SizeOf(Type));
}

/// <summary>A view of a storage: element (i, j, …) stands at Offset + i · Strides[0] + j · Strides[1] + ….</summary>
internal sealed record PickleTensor(PickleStorage Storage, long Offset, long[] Shape, long[] Strides)
{
    public bool IsEmpty => Shape.Contains(0);

    /// <summary>Bytes of the elements, laid out one after another.</summary>
    public long ByteCount => TensorTypes.ByteCount(Shape, TensorTypes.SizeOf(Storage.Type));

    /// <exception cref="InvalidDataException">The view reaches beyond the storage.</exception>
    public void Check(string name)
    {
        Int128 last = Offset;
        for (var i = 0; i < Shape.Length; i++)
            last += (Int128)Math.Max(0, Shape[i] - 1) * Strides[i];
        var isNegative = Offset < 0 || Strides.Any(stride => stride < 0);
        if (isNegative || ByteCount < 0 || (!IsEmpty && last >= Storage.Count))
        {
            var shape = string.Join(", ", Shape);
            throw new InvalidDataException($"'{name}' of shape [{shape}] reaches beyond the {Storage.Count} numbers that it is a view of");
        }
    }
}

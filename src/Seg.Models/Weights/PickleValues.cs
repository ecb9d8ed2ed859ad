using static TorchSharp.torch;

namespace Seg.Models.Weights;

/// <summary>A dictionary of a pickle, in its order. Keys are text, numbers or truth values.</summary>
internal sealed class PickleDictionary : OrderedDictionary<object, object?>;

/// <summary>A class or function that a pickle names and that is known here; nothing is ever looked up by it.</summary>
internal sealed record PickleGlobal(string Name, PickleGlobalKind Kind, ScalarType Type = default);

internal enum PickleGlobalKind
{
    OrderedDictionary,
    RebuildTensor,
    RebuildParameter,
    Storage,
    Tuple,

    /// <summary>Makes a value that no weight depends on, as NumPy's numbers: called, it gives <see cref="PickleInert"/>.</summary>
    Inert,
}

/// <summary>A value that is kept as a place-holder only.</summary>
internal sealed class PickleInert
{
    public static PickleInert Instance { get; } = new();
}

/// <summary>Numbers that tensors are views of.</summary>
/// <param name="Key">The storage's name in the file.</param>
/// <param name="Type">Type of the numbers.</param>
/// <param name="Count">How many; of the whole storage.</param>
internal sealed record PickleStorage(string Key, ScalarType Type, long Count);

/// <summary>A view of a storage: element (i, j, …) stands at Offset + i · Strides[0] + j · Strides[1] + ….</summary>
internal sealed record PickleTensor(PickleStorage Storage, long Offset, long[] Shape, long[] Strides)
{
    /// <exception cref="InvalidDataException">The view reaches beyond the storage.</exception>
    public void Check(string name, long storageCount)
    {
        Int128 last = Offset;
        for (var i = 0; i < Shape.Length; i++)
            last += (Int128)Math.Max(0, Shape[i] - 1) * Strides[i];
        var isEmpty = Shape.Contains(0);
        var isNegative = Offset < 0 || Shape.Any(extent => extent < 0) || Strides.Any(stride => stride < 0);
        var isHuge = TensorTypes.ByteCount(Shape, TensorTypes.SizeOf(Storage.Type)) < 0;
        if (isNegative || isHuge || (!isEmpty && last >= storageCount))
        {
            var shape = string.Join(", ", Shape);
            throw new InvalidDataException($"'{name}' of shape [{shape}] reaches beyond the {storageCount} numbers that it is a view of");
        }
    }
}

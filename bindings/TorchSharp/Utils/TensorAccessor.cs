using System.Collections;
using System.Runtime.InteropServices;

namespace TorchSharp.Utils;

/// <summary>The elements of a tensor on the CPU, read and written in place. Keeps the tensor alive.</summary>
/// <remarks>
/// Flat positions and copies run in the order of the tensor's shape (the last dimension fastest), whatever its strides are.
/// </remarks>
public sealed unsafe class TensorAccessor<T> : IDisposable, IEnumerable<T> where T : unmanaged
{
    private readonly torch.Tensor tensor;
    private readonly long[] shape;
    private readonly long[] strides;
    private readonly bool contiguous;

    internal TensorAccessor(torch.Tensor tensor)
    {
        this.tensor = tensor;
        shape = tensor.shape;
        strides = tensor.stride();
        contiguous = tensor.is_contiguous();
        _ = tensor.DataPointer(); // fails now, not at the first element, where there is no memory
    }

    public long Count => tensor.NumberOfElements;

    public bool IsReadOnly => false;

    // Read anew each time: the tensor may have been disposed or resized in place.
    private T* Memory => (T*)tensor.DataPointer();

    /// <summary>One element, by its flat position or by one index a dimension.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such element.</exception>
    public T this[params long[] indices]
    {
        get
        {
            var value = Memory[indices.Length == 1 ? Offset(indices[0]) : Offset(indices)];
            GC.KeepAlive(tensor);
            return value;
        }
        set
        {
            Memory[indices.Length == 1 ? Offset(indices[0]) : Offset(indices)] = value;
            GC.KeepAlive(tensor);
        }
    }

    public T[] ToArray()
    {
        var result = new T[Count];
        CopyTo(result);
        return result;
    }

    /// <summary>An array of the tensor's shape; of one element for a tensor without dimensions.</summary>
    public Array ToNDArray()
    {
        var result = Array.CreateInstance(typeof(T), shape.Length == 0 ? [1] : shape);
        var elements = ToArray();
        fixed (byte* target = &MemoryMarshal.GetArrayDataReference(result))
            elements.CopyTo(new Span<T>(target, elements.Length));
        return result;
    }

    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    /// <summary>Copies elements from a flat position on, until either side ends.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A position lies outside.</exception>
    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var count = CountToCopy(array.Length, arrayIndex, tensorIndex);
        var memory = Memory;
        if (contiguous)
        {
            new ReadOnlySpan<T>(memory + tensorIndex, count).CopyTo(array[arrayIndex..]);
        }
        else
        {
            for (var i = 0; i < count; i++)
                array[arrayIndex + i] = memory[Offset(tensorIndex + i)];
        }
        GC.KeepAlive(tensor);
    }

    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyFrom((ReadOnlySpan<T>)array, arrayIndex, tensorIndex);

    /// <summary>Overwrites elements from a flat position on, until either side ends.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A position lies outside.</exception>
    public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var count = CountToCopy(array.Length, arrayIndex, tensorIndex);
        var memory = Memory;
        if (contiguous)
        {
            array.Slice(arrayIndex, count).CopyTo(new Span<T>(memory + tensorIndex, count));
        }
        else
        {
            for (var i = 0; i < count; i++)
                memory[Offset(tensorIndex + i)] = array[arrayIndex + i];
        }
        GC.KeepAlive(tensor);
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (long i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override bool Equals(object? obj) => obj is TensorAccessor<T> other && Count == other.Count && this.SequenceEqual(other);

    public override int GetHashCode() => tensor.GetHashCode();

    /// <summary>Does nothing: the tensor is its user's.</summary>
    public void Dispose() => GC.SuppressFinalize(this);

    internal static T ReadItemAt(torch.Tensor tensor, long index)
    {
        tensor.ValidateType<T>();
        return new TensorAccessor<T>(tensor)[index];
    }

    private int CountToCopy(int length, int arrayIndex, long tensorIndex)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(arrayIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(arrayIndex, length);
        ArgumentOutOfRangeException.ThrowIfNegative(tensorIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tensorIndex, Count);
        return (int)Math.Min(length - arrayIndex, Count - tensorIndex);
    }

    private long Offset(long flat)
    {
        if ((ulong)flat >= (ulong)Count)
            throw new IndexOutOfRangeException($"A tensor of {Count} elements has no element {flat}.");
        if (contiguous)
            return flat;
        long offset = 0;
        for (var i = shape.Length - 1; i >= 0; i--)
        {
            (flat, var position) = Math.DivRem(flat, shape[i]);
            offset += position * strides[i];
        }
        return offset;
    }

    private long Offset(long[] indices)
    {
        if (indices.Length != shape.Length)
            throw new IndexOutOfRangeException($"A tensor of {shape.Length} dimensions takes no {indices.Length} indices.");
        long offset = 0;
        for (var i = 0; i < shape.Length; i++)
        {
            if ((ulong)indices[i] >= (ulong)shape[i])
                throw new IndexOutOfRangeException($"Index {indices[i]} is outside of dimension {i}, whose size is {shape[i]}.");
            offset += indices[i] * strides[i];
        }
        return offset;
    }
}

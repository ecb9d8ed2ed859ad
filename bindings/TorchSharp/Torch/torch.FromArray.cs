using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp.Interop;
using TorchSharp.Utils;

namespace TorchSharp;

// Tensors from C#'s arrays.
public static unsafe partial class torch
{
    /// <summary>
    /// A tensor of an array's shape and elements. Shares the array's memory where type and device allow, as TorchSharp's does.
    /// </summary>
    /// <exception cref="NotSupportedException">No tensor holds such elements.</exception>
    public static Tensor from_array(Array rawArray, Device? device = null) => from_array(rawArray, null, device);

    public static Tensor from_array(Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false)
    {
        ArgumentNullException.ThrowIfNull(rawArray);
        var shared = Share(rawArray, ShapeOf(rawArray), 0);
        return Finish(shared, dtype, device, requires_grad);
    }

    public static Tensor as_tensor(Array data, ScalarType? dtype = null, Device? device = null) => from_array(data, dtype, device);

    public static Tensor as_tensor(Tensor data, ScalarType? dtype = null, Device? device = null) =>
        data.to(dtype ?? data.dtype, device ?? data.device);

    /// <summary>
    /// A 1-dimensional tensor over an array's elements from `offset` on; shares the array's memory where the type allows.
    /// </summary>
    /// <param name="count">Elements; -1 for all.</param>
    /// <exception cref="ArgumentException">The offset lies outside of the array.</exception>
    /// <exception cref="IndexOutOfRangeException">There are not so many elements.</exception>
    public static Tensor frombuffer(Array rawArray, ScalarType dtype, long count = -1, long offset = 0, bool requires_grad = false)
    {
        ArgumentNullException.ThrowIfNull(rawArray);
        if (offset < 0 || offset >= rawArray.LongLength)
            throw new ArgumentException($"invalid value for 'offset': {offset}", nameof(offset));
        if (count > rawArray.LongLength - offset)
            throw new IndexOutOfRangeException($"element count is too large: {count}");
        return Finish(Share(rawArray, [count < 0 ? rawArray.LongLength - offset : count], offset), dtype, null, requires_grad);
    }

    private static Tensor FromArray(Array rawArray, ScalarType? dtype, Device? device, bool requires_grad)
    {
        ArgumentNullException.ThrowIfNull(rawArray);
        var type = ElementTypes.Of(rawArray.GetType().GetElementType()!);
        var copy = empty(ShapeOf(rawArray), type);
        var bytes = rawArray.LongLength * type.ElementSize();
        fixed (byte* source = &MemoryMarshal.GetArrayDataReference(rawArray))
            Buffer.MemoryCopy(source, copy.DataPointer(), bytes, bytes);
        return Finish(copy, dtype, device, requires_grad);
    }

    private static Tensor FromElements<T>(
        ReadOnlySpan<T> elements, ReadOnlySpan<long> dimensions, ScalarType? dtype, Device? device, bool requires_grad) where T : unmanaged
    {
        long total = 1;
        foreach (var size in dimensions)
            total *= size;
        if (total > elements.Length)
            throw new ArgumentException($"mismatched total size creating a tensor from an array: {total} vs. {elements.Length}");
        var copy = empty(dimensions, ElementTypes.Of(typeof(T)));
        elements[..(int)total].CopyTo(new Span<T>(copy.DataPointer(), (int)total));
        return Finish(copy, dtype, device, requires_grad);
    }

    // Type, device and gradient as asked for; frees `tensor` if that takes another one.
    private static Tensor Finish(Tensor tensor, ScalarType? dtype, Device? device, bool requires_grad)
    {
        if ((dtype is { } type && type != tensor.dtype) || (device is not null && device.type != DeviceType.CPU))
        {
            using (tensor)
                return tensor.to(dtype ?? tensor.dtype, device ?? CPU).with_requires_grad(requires_grad);
        }
        return tensor.with_requires_grad(requires_grad);
    }

    // The array stays pinned until libtorch drops the last tensor over it.
    private static Tensor Share(Array array, ReadOnlySpan<long> shape, long offset)
    {
        var type = ElementTypes.Of(array.GetType().GetElementType()!);
        var pin = GCHandle.Alloc(array, GCHandleType.Pinned);
        nint tensor;
        int code;
        fixed (long* sizes = shape)
        {
            code = NativeMethods.seg_tensor_from_memory(
                (byte*)pin.AddrOfPinnedObject() + offset * type.ElementSize(), sizes, shape.Length, (int)type,
                &Unpin, (void*)GCHandle.ToIntPtr(pin), &tensor);
        }
        NativeError.Check(code);
        return new Tensor(tensor);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Unpin(void* pin) => GCHandle.FromIntPtr((nint)pin).Free();

    private static long[] ShapeOf(Array array)
    {
        var shape = new long[array.Rank];
        for (var i = 0; i < shape.Length; i++)
            shape[i] = array.GetLongLength(i);
        return shape;
    }
}

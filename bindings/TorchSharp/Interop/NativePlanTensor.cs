using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>plan_shim.h's seg_plan_tensor.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativePlanTensor
{
    private readonly void* data;
    private readonly long channelStride, rowStride, columnStride;
    private readonly int element;
    private readonly int unused;

    /// <param name="tensor">float32 or bfloat16, (1, C, H, W), of any strides.</param>
    internal NativePlanTensor(torch.Tensor tensor)
    {
        if (tensor.dim() != 4 || tensor.shape[0] != 1)
            throw new ArgumentException($"A plan takes maps of one image, (1, C, H, W), not ({string.Join(", ", tensor.shape)}).", nameof(tensor));
        element = NativePlan.ElementOf(tensor.dtype) is { } known && tensor.dtype != torch.ScalarType.Byte ? known : throw new ArgumentException($"A plan takes float32 and bfloat16, not {tensor.dtype}.", nameof(tensor));
        var strides = tensor.stride();
        (channelStride, rowStride, columnStride) = (strides[1], strides[2], strides[3]);
        void* address;
        NativeError.Check(NativeMethods.seg_tensor_data(tensor.Handle, &address));
        data = address;
    }
}

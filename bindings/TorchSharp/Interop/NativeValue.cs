using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>seg_value of torch_shim.h.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal unsafe struct NativeValue
{
    [FieldOffset(0)] public ValueKind Kind;

    /// <summary>Elements of a list, bytes of a string, type of a device.</summary>
    [FieldOffset(4)] public int Length;

    [FieldOffset(8)] public long Integer;

    [FieldOffset(8)] public double Real;

    [FieldOffset(8)] public void* Pointer;
}

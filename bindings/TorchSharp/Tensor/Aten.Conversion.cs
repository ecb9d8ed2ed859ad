using TorchSharp.Interop;

namespace TorchSharp;

internal static partial class Aten
{
    internal static readonly Operator ToType = new("aten::to", "dtype"), ToDevice = new("aten::to", "device");
    internal static readonly Operator Clone = new("aten::clone"), CopyInPlace = new("aten::copy_"), Detach = new("aten::detach");
    internal static readonly Operator DetachInPlace = new("aten::detach_");
    internal static readonly Operator FillInPlace = new("aten::fill_", "Scalar"), ZeroInPlace = new("aten::zero_");
    internal static readonly Operator SetInPlace = new("aten::set_", "source_Tensor");
    internal static readonly Operator PinMemory = new("aten::pin_memory"), IsPinned = new("aten::is_pinned");
}

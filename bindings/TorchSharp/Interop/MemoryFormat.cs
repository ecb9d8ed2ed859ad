namespace TorchSharp.Interop;

/// <summary>Memory layouts of 4-dimensional tensors; the constants are c10::MemoryFormat's, as operators take them.</summary>
public static class MemoryFormat
{
    public const int ContiguousFormat = 0;
    public const int PreserveFormat = 1;
    public const int ChannelsLastFormat = 2;

    private static readonly Operator ContiguousOperator = new("aten::contiguous");

    /// <summary>
    /// The same values, (N, C, H, W), with the channels innermost in memory. Shares memory with <paramref name="x"/> if that is laid out
    /// so already.
    /// </summary>
    public static torch.Tensor ChannelsLast(torch.Tensor x) => ContiguousOperator.Tensor(x, ChannelsLastFormat);

    /// <summary>Whether the channels are innermost in memory.</summary>
    public static bool IsChannelsLast(torch.Tensor x) => x.IsContiguous(ChannelsLastFormat);
}

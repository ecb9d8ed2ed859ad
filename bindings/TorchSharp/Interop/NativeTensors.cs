namespace TorchSharp.Interop;

/// <summary>Counts tensors, so that a leak shows in a test.</summary>
public static class NativeTensors
{
    /// <summary>Native references that C# holds now. Tensors that live in libtorch alone (an autograd graph's) are not counted.</summary>
    public static long Live => NativeMethods.seg_tensor_live();
}

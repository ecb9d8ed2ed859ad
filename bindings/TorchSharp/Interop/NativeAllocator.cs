namespace TorchSharp.Interop;

/// <summary>The allocator of native memory, which serves the tensors on the CPU.</summary>
public static class NativeAllocator
{
    /// <summary>
    /// Keeps freed memory in the process for the next tensors, instead of giving it back to the system and asking for it again. A network allocates
    /// the same sizes over and over; without this a fifth of a training step goes into clearing pages. For the whole process, until it ends.
    /// </summary>
    /// <returns>False where the C library has no such setting; nothing has changed then.</returns>
    public static bool KeepFreedMemory() => NativeMethods.seg_keep_freed_memory() != 0;
}

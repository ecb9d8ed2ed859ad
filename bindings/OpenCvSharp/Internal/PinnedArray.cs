using System.Runtime.InteropServices;

namespace OpenCvSharp.Internal;

/// <summary>An array that native matrices look into: it keeps its place until as many of them are freed as were made.</summary>
internal sealed class PinnedArray
{
    private readonly long byteLength;
    private GCHandle pin;
    private int references;

    /// <exception cref="ArgumentException">The elements hold references, so that they have no place in native memory.</exception>
    public PinnedArray(Array array)
    {
        pin = GCHandle.Alloc(array, GCHandleType.Pinned);
        byteLength = array.LongLength * Marshal.SizeOf(array.GetType().GetElementType()!);
    }

    public nint Address => pin.AddrOfPinnedObject();

    public long ByteLength => byteLength;

    public void AddReference() => Interlocked.Increment(ref references);

    public void Release()
    {
        if (Interlocked.Decrement(ref references) == 0)
            pin.Free();
    }
}

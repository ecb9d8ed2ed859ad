using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>Turns the shim's codes into exceptions.</summary>
internal static unsafe class NativeError
{
    /// <exception cref="ExternalException">The code is an error; the message is libtorch's.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Check(int code)
    {
        if (code != 0)
            Throw();
    }

    // TorchSharp throws this very type, so that code written against it finds it here.
    [DoesNotReturn]
    private static void Throw() =>
        throw new ExternalException(Marshal.PtrToStringUTF8((nint)NativeMethods.seg_last_error()) ?? "libtorch failed without a message.");
}

using System.Runtime.InteropServices;

namespace SkiaSharp.Interop;

/// <summary>Turns Cairo's status codes into exceptions.</summary>
internal static class CairoError
{
    private const int NoMemory = 1;

    /// <exception cref="OutOfMemoryException">Cairo ran out of memory.</exception>
    /// <exception cref="InvalidOperationException">Any other status than success; the message is Cairo's.</exception>
    public static void Check(int status)
    {
        if (status == 0)
            return;
        var text = Marshal.PtrToStringUTF8(Cairo.cairo_status_to_string(status));
        throw status == NoMemory ? new OutOfMemoryException($"Cairo: {text}") : new InvalidOperationException($"Cairo: {text}");
    }
}

using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>Switches the recording of operators for gradients, on this thread, until disposed.</summary>
internal sealed unsafe class GradientMode : IDisposable
{
    private readonly bool previous = IsEnabled;
    private bool disposed;

    internal GradientMode(bool enabled) => Set(enabled);

    internal static bool IsEnabled
    {
        get
        {
            int enabled;
            NativeError.Check(NativeMethods.seg_grad_mode(&enabled));
            return enabled != 0;
        }
    }

    public void Dispose()
    {
        if (!disposed)
            Set(previous);
        disposed = true;
    }

    private static void Set(bool enabled) => NativeError.Check(NativeMethods.seg_set_grad_mode(enabled ? 1 : 0));
}

using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>Inference mode of one thread, until disposed on that thread.</summary>
internal sealed unsafe class InferenceMode : IDisposable
{
    private readonly int thread = Environment.CurrentManagedThreadId;
    private nint guard;

    internal InferenceMode(bool mode)
    {
        nint entered;
        NativeError.Check(NativeMethods.seg_inference_enter(mode ? 1 : 0, &entered));
        guard = entered;
    }

    internal static bool IsEnabled
    {
        get
        {
            int enabled;
            NativeError.Check(NativeMethods.seg_inference_mode(&enabled));
            return enabled != 0;
        }
    }

    /// <exception cref="InvalidOperationException">
    /// Called on another thread than the one that entered: leaving there would set that thread's mode.
    /// </exception>
    public void Dispose()
    {
        if (guard != 0 && thread != Environment.CurrentManagedThreadId)
            throw new InvalidOperationException("Inference mode must be left on the thread that entered it.");
        var entered = guard;
        guard = 0;
        if (entered != 0)
            NativeError.Check(NativeMethods.seg_inference_leave(entered));
    }
}

namespace TorchSharp.Interop;

/// <summary>Runs eligible operators of this thread in a shorter type, as PyTorch's torch.autocast does.</summary>
public static unsafe class Autocast
{
    /// <summary>Switches autocast on until the result is disposed, which must happen on the same thread, innermost first.</summary>
    /// <param name="deviceType">CPU (bfloat16; float16 from libtorch 2.4 on) or CUDA (float16 or bfloat16).</param>
    /// <param name="type">The shorter type.</param>
    /// <exception cref="System.Runtime.InteropServices.ExternalException">libtorch has no autocast of this device to this type.</exception>
    public static IDisposable Enable(DeviceType deviceType, torch.ScalarType type) => new Scope(deviceType, true, type);

    /// <summary>Switches autocast off until the result is disposed: for a part that needs float32.</summary>
    public static IDisposable Disable(DeviceType deviceType) => new Scope(deviceType, false, torch.ScalarType.BFloat16);

    /// <summary>Whether this thread's operators on such a device are cast.</summary>
    public static bool IsEnabled(DeviceType deviceType)
    {
        int enabled, type;
        NativeError.Check(NativeMethods.seg_autocast_get((int)deviceType, &enabled, &type));
        return enabled != 0;
    }

    private sealed class Scope : IDisposable
    {
        private readonly DeviceType deviceType;
        private readonly int previousEnabled;
        private readonly int previousType;
        private bool disposed;

        internal Scope(DeviceType deviceType, bool enable, torch.ScalarType type)
        {
            this.deviceType = deviceType;
            int enabled, current;
            NativeError.Check(NativeMethods.seg_autocast_get((int)deviceType, &enabled, &current));
            (previousEnabled, previousType) = (enabled, current);
            NativeError.Check(NativeMethods.seg_autocast_set((int)deviceType, enable ? 1 : 0, (int)type));
            NativeError.Check(NativeMethods.seg_autocast_enter());
        }

        public void Dispose()
        {
            if (disposed)
                return;
            disposed = true;
            NativeError.Check(NativeMethods.seg_autocast_leave());
            NativeError.Check(NativeMethods.seg_autocast_set((int)deviceType, previousEnabled, previousType));
        }
    }
}

using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>Makes a backward pass name the operator that gave a NaN or failed; for the whole process, until disposed.</summary>
public sealed unsafe class AnomalyMode : IDisposable
{
    private readonly bool previous = IsEnabled;
    private readonly bool previousCheckNan = ShouldCheckNaN;

    public AnomalyMode(bool enabled, bool check_nan = true) => Set(enabled, check_nan);

    public static bool IsEnabled => State.Enabled;

    public static bool ShouldCheckNaN => State.CheckNan;

    private static (bool Enabled, bool CheckNan) State
    {
        get
        {
            int enabled, checkNan;
            NativeError.Check(NativeMethods.seg_anomaly(&enabled, &checkNan));
            return (enabled != 0, checkNan != 0);
        }
    }

    public void Dispose() => Set(previous, previousCheckNan);

    private static void Set(bool enabled, bool checkNan) =>
        NativeError.Check(NativeMethods.seg_set_anomaly(enabled ? 1 : 0, checkNan ? 1 : 0));
}

using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>
/// Keeps the .NET runtime's handlers of hardware faults over the loading of a library. The runtime makes exceptions of such faults: a null
/// reference is one. Libraries that libtorch may bring along (UCX, by MPI) put handlers of their own in their place, which end the process.
/// </summary>
internal sealed partial class FaultSignals : IDisposable
{
    private const int SigIll = 4, SigBus = 7, SigFpe = 8, SigSegv = 11;

    // More than any Linux's struct sigaction; what is in it is of no interest here.
    private const int ActionBytes = 512;

    private static readonly int[] Signals = [SigIll, SigBus, SigFpe, SigSegv];

    private readonly byte[][] actions = [.. Signals.Select(_ => new byte[ActionBytes])];
    private bool known = OperatingSystem.IsLinux();

    /// <summary>Notes the handlers of now.</summary>
    public FaultSignals()
    {
        for (var index = 0; known && index < Signals.Length; index++)
            known = sigaction(Signals[index], null, actions[index]) == 0;
    }

    /// <summary>Puts them back.</summary>
    public void Dispose()
    {
        for (var index = 0; known && index < Signals.Length; index++)
            _ = sigaction(Signals[index], actions[index], null);
    }

    // From the C library by name: UCX has a function of this name too, which keeps its own handlers in place.
    [LibraryImport("libc.so.6")]
    private static partial int sigaction(int signal, byte[]? action, [Out] byte[]? before);
}

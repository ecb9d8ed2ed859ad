namespace TorchSharp.Tests;

/// <summary>
/// Tests that count all tensors of the process, or change what is the same for all threads: they run while no other test does.
/// </summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone
{
    /// <summary>Native tensors that live now, after everything that nobody holds has been finalized.</summary>
    public static long LiveTensors()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return TorchSharp.Interop.NativeTensors.Live;
    }
}

using System.Runtime.InteropServices;
using Seg.Cli.Ranks;

namespace Seg.Cli;

/// <summary>
/// Turns the first Ctrl-C, or a request to terminate, into a cancellation; a second one ends the process as usual. A process that another one has
/// started for <c>--nproc</c> leaves Ctrl-C, which reaches both, to that other one, and is cancelled when its standard input is closed.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration interrupt, terminate;

    public Interruption()
    {
        var isWorker = Environment.GetEnvironmentVariable(LocalWorker.Mark) is { Length: > 0 };
        interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, isWorker ? context => context.Cancel = true : Cancel);
        terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
        if (isWorker)
            new Thread(CancelAtEndOfInput) { IsBackground = true, Name = "interruption" }.Start();
    }

    public CancellationToken Token => source.Token;

    public void Dispose()
    {
        interrupt.Dispose();
        terminate.Dispose();
        source.Dispose();
    }

    /// <summary>Cancels where the input ends.</summary>
    internal void CancelAtEndOf(Stream input)
    {
        while (input.ReadByte() >= 0)
        {
            // Nothing is ever written there.
        }
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The work is done, and the process about to end.
        }
    }

    private void CancelAtEndOfInput()
    {
        using var input = Console.OpenStandardInput();
        CancelAtEndOf(input);
    }

    private void Cancel(PosixSignalContext context)
    {
        context.Cancel = !source.IsCancellationRequested;
        source.Cancel();
    }
}

namespace Seg.Cli.Ranks;

/// <summary>Ends a rank whose run is over, where it does not end by itself: it may be far from where ranks wait for each other, or waiting for a file.</summary>
internal sealed class StuckExit(Terminal terminal)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    /// <summary>Gives the process a while, then ends it.</summary>
    /// <param name="reason">Why the run is over.</param>
    public void After(string reason)
    {
        Thread thread = new(() =>
        {
            Thread.Sleep(Patience);
            terminal.Error.WriteLine($"seg: {reason}");
            terminal.Error.Flush();
            Environment.Exit(ExitCode.Failed);
        })
        {
            IsBackground = true,
            Name = "rank exit",
        };
        thread.Start();
    }
}

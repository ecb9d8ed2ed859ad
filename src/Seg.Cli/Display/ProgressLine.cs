namespace Seg.Cli.Display;

/// <summary>One line on stderr that is drawn over itself while somebody watches; nothing where it would end in a file.</summary>
internal sealed class ProgressLine(Terminal terminal) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly Lock gate = new();
    private DateTime lastShown;
    private int shownLength;

    /// <summary>Shows how far the work is, at most ten times a second.</summary>
    public void Show(string text)
    {
        lock (gate)
        {
            if (!terminal.IsErrorInteractive || DateTime.UtcNow - lastShown < Interval)
                return;
            lastShown = DateTime.UtcNow;
            terminal.Error.Write("\r" + text.PadRight(shownLength));
            shownLength = text.Length;
        }
    }

    /// <summary>Takes the line away, before something else is printed.</summary>
    public void Clear()
    {
        lock (gate)
        {
            if (shownLength > 0)
                terminal.Error.Write("\r" + new string(' ', shownLength) + "\r");
            shownLength = 0;
        }
    }

    public void Dispose() => Clear();
}

namespace Seg.Cli.Display;

/// <summary>Shows how many are done on a <see cref="ProgressLine"/>, at once and on the caller's thread, which <see cref="Progress{T}"/> does not.</summary>
internal sealed class CountReport(ProgressLine line, int total, string what) : IProgress<int>
{
    public void Report(int value) => line.Show($"{value} of {total} {what}");
}

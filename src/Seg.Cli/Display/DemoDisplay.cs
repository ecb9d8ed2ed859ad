using Seg.Train;
using Seg.Train.Jobs;

namespace Seg.Cli.Display;

/// <summary>A demo as a line for each stage.</summary>
internal sealed class DemoDisplay(Terminal terminal) : IDemoProgress, IDisposable
{
    private readonly ProgressLine line = new(terminal);
    private int stage;

    public void Stage(string text)
    {
        line.Clear();
        terminal.Output.WriteLine($"{++stage}. {text}");
        terminal.Output.Flush();
    }

    public void Count(int done, int total) => line.Show($"{done} of {total}");

    public TrainingResult Train(Func<ITrainingProgress, TrainingResult> train)
    {
        line.Clear();
        return TrainingDisplay.Run(terminal, train);
    }

    public void Dispose() => line.Dispose();
}

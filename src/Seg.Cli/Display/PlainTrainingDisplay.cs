using Seg.Train;

namespace Seg.Cli.Display;

/// <summary>A training run as lines of text: for files, pipes and small terminals.</summary>
internal sealed class PlainTrainingDisplay(Terminal terminal) : ITrainingProgress
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private DateTime lastStep;

    public void Started(StartReport report) => Print(TrainingText.Started(report));

    /// <summary>A line every ten seconds, and one at the end of each epoch.</summary>
    public void Step(StepReport report)
    {
        if (DateTime.UtcNow - lastStep < Interval && report.Step < report.StepsPerEpoch)
            return;
        lastStep = DateTime.UtcNow;
        Print(TrainingText.Step(report));
    }

    public void Validating(int done, int total) { }

    public void Validated(ValidationReport report) => Print(TrainingText.Validated(report));

    public void Saved(string path) { }

    public void Warning(string message) => terminal.Error.WriteLine($"seg: {message}");

    public void Finished(TrainingResult result) => Print(TrainingText.Finished(result));

    private void Print(string line)
    {
        terminal.Output.WriteLine(line);
        // Whoever follows a log file should not wait for a buffer to fill.
        terminal.Output.Flush();
    }
}

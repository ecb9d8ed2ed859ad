using Seg.Train;

namespace Seg.Cli.Display;

/// <summary>For ranks other than 0, which all see the same run: warnings alone, as those of files are each rank's own.</summary>
internal sealed class SilentTrainingDisplay(Terminal terminal) : ITrainingProgress
{
    public void Started(StartReport report) { }

    public void Step(StepReport report) { }

    public void Validating(int done, int total) { }

    public void Validated(ValidationReport report) { }

    public void Saved(string path) { }

    public void Warning(string message) => terminal.Error.WriteLine($"seg: {message}");

    public void Finished(TrainingResult result) { }
}

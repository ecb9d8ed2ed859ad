namespace Seg.Train.Tests;

/// <summary>Keeps what a training reports, and can act while it goes on.</summary>
internal sealed class RecordedProgress(Action<StepReport>? onStep = null, Action<int>? onValidating = null) : ITrainingProgress
{
    public List<StepReport> Steps { get; } = [];

    public List<ValidationReport> Validations { get; } = [];

    public List<string> Warnings { get; } = [];

    public List<string> SavedFiles { get; } = [];

    public StartReport? Start { get; private set; }

    public TrainingResult? Result { get; private set; }

    public void Started(StartReport report) => Start = report;

    public void Step(StepReport report)
    {
        Steps.Add(report);
        onStep?.Invoke(report);
    }

    public void Validating(int done, int total)
    {
        Assert.InRange(done, 0, total);
        onValidating?.Invoke(done);
    }

    public void Validated(ValidationReport report) => Validations.Add(report);

    public void Saved(string path) => SavedFiles.Add(path);

    public void Warning(string message) => Warnings.Add(message);

    public void Finished(TrainingResult result) => Result = result;
}

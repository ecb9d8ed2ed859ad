namespace Seg.Train;

/// <summary>What a training run tells whoever watches it. All calls come from the thread that trains; they should return soon.</summary>
public interface ITrainingProgress
{
    /// <summary>Data and network stand; the first step follows.</summary>
    void Started(StartReport report);

    /// <summary>A step is done.</summary>
    void Step(StepReport report);

    /// <summary>So many of the validation images are predicted.</summary>
    void Validating(int done, int total);

    /// <summary>A validation is done.</summary>
    void Validated(ValidationReport report);

    /// <summary>A checkpoint or model file is on disk.</summary>
    void Saved(string path);

    /// <summary>Something that the user should know and that does not stop the run. One line.</summary>
    void Warning(string message);

    /// <summary>The run is over: done, or interrupted and saved.</summary>
    void Finished(TrainingResult result);
}

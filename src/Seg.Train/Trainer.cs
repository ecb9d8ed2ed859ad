namespace Seg.Train;

/// <summary>Trains a network on a data set, into a run directory.</summary>
public sealed class Trainer
{
    /// <exception cref="Seg.Models.InputException">The config is out of range or has no data.</exception>
    public Trainer(RunConfig config, TrainerOptions options, ITrainingProgress progress)
    {
        ArgumentNullException.ThrowIfNull(config);
        (Config, Options, Progress) = (config, options, progress);
    }

    private RunConfig Config { get; }

    private TrainerOptions Options { get; }

    private ITrainingProgress Progress { get; }

    public TrainingResult Run(CancellationToken cancellation = default) => throw new NotImplementedException();
}

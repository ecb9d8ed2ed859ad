using Seg.Models;
using Seg.Models.Networks;
using Seg.Train.Optimization;
using Seg.Train.Runs;

namespace Seg.Train.Checkpoints;

/// <summary>The checkpoints of a run: the last one, and the one before it in case the last is damaged on disk.</summary>
public sealed class CheckpointStore(RunDirectory run)
{
    /// <summary>The file that <see cref="Load"/> has restored.</summary>
    public string? LastLoaded { get; private set; }

    /// <summary>
    /// Writes the checkpoint beside the last one, then moves it into its place. Whatever fails, one good checkpoint stays.
    /// </summary>
    /// <param name="random">Each rank's random numbers; null: this process's.</param>
    /// <exception cref="TrainingDivergedException">A weight is not finite; the last checkpoint stays.</exception>
    /// <exception cref="IOException">It cannot be written; the last checkpoint stays.</exception>
    public void Save(
        Network network, NetworkOptimizer optimizer, TrainingPosition position, WeightAverage? average = null, GradientScaler? scaler = null,
        IReadOnlyList<byte[]>? random = null)
    {
        var next = run.State + ".next";
        TrainingCheckpoint.Save(next, network, optimizer, position, average, scaler, random);
        if (File.Exists(run.State))
            File.Move(run.State, run.PreviousState, overwrite: true);
        AtomicFile.Commit(next, run.State, isLasting: true);
    }

    /// <summary>Restores the last checkpoint, or the one before it where the last cannot be read.</summary>
    /// <param name="warn">Told of a damaged last checkpoint.</param>
    /// <exception cref="InputException">There is none that can be read, or it is of another network or optimizer.</exception>
    public TrainingPosition Load(
        Network network, NetworkOptimizer optimizer, Action<string> warn, WeightAverage? average = null, GradientScaler? scaler = null)
    {
        try
        {
            LastLoaded = run.State;
            return TrainingCheckpoint.Load(run.State, network, optimizer, average, scaler);
        }
        catch (InputException error) when (File.Exists(run.PreviousState))
        {
            LastLoaded = run.PreviousState;
            var position = TrainingCheckpoint.Load(run.PreviousState, network, optimizer, average, scaler);
            warn($"{error.Message} Going on from the checkpoint before it, step {position.Step}.");
            return position;
        }
    }
}

using System.Diagnostics;
using Seg.Models;
using Seg.Train.Datasets;
using Seg.Train.Distributed;
using Seg.Train.Metrics;
using Seg.Train.Runs;
using static TorchSharp.torch;

namespace Seg.Train;

/// <summary>Trains a network on a data set, into a run directory.</summary>
/// <remarks>
/// A run repeats bit by bit for one config, machine and number of threads, also when it is interrupted and resumed. (On a GPU, dropout
/// after a resume draws other numbers, and some kernels add in no fixed order.)
/// </remarks>
public sealed class Trainer(RunConfig config, TrainerOptions options, ITrainingProgress progress)
{
    private readonly RunConfig config = config.Resolved();
    private readonly Throughput throughput = new();
    private readonly Stopwatch clock = new();
    private readonly TimeSpan? maxTime = options.MaxTime ?? (Duration.TryParse(config.Train.MaxTime ?? "", out var time) ? time : null);

    /// <summary>
    /// Trains to the last epoch, or until it no longer helps, the time is up, or it is cancelled: a checkpoint is saved and the result says so.
    /// </summary>
    /// <exception cref="InputException">
    /// Config or data are wrong, or there is nothing to resume; nothing was written. Or a data file is faulty or has vanished since; a checkpoint was saved.
    /// </exception>
    /// <exception cref="TrainingDivergedException">Loss or weights are no longer finite; the last good checkpoint is on disk.</exception>
    /// <exception cref="BatchTooLargeException">Memory is short; the last checkpoint is on disk.</exception>
    /// <exception cref="BatchTooSmallException">There are too few numbers for a batch norm; the last checkpoint is on disk.</exception>
    /// <exception cref="IOException">A file cannot be written; the checkpoint before is on disk.</exception>
    /// <exception cref="RankFailedException">Another rank has failed; the last checkpoint is on disk.</exception>
    public TrainingResult Run(CancellationToken cancellation = default)
    {
        try
        {
            return RunOnThisRank(cancellation);
        }
        catch (Exception error) when (options.Ranks.Failed(error) is var everybodys && everybodys != error)
        {
            throw everybodys;
        }
    }

    private TrainingResult RunOnThisRank(CancellationToken cancellation)
    {
        clock.Restart();
        if (options.Threads is { } threads)
            set_num_threads(threads);
        using var session = new TrainingSession(config, options, progress, cancellation);
        var validation = new EpochValidation(config, progress, session, throughput);
        progress.Started(Describe(session));

        StopReason reason;
        try
        {
            reason = TrainEpochs(session, validation, cancellation);
            if (reason == StopReason.OutOfTime && session.Position.Batch > 0)
                session.Save();
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested || options.Ranks.Size > 1)
        {
            // Cancellation is seen between steps and within a validation, so the position is that of a whole step.
            session.Save();
            reason = StopReason.Interrupted;
        }
        catch (InputException error) when (error is not BatchTooSmallException && session.Position.Step > 0)
        {
            throw new InputException($"{error.Message} {AfterFaultyData(session)}", error);
        }
        catch (Exception error) when (error is not BatchTooLargeException && MemoryShortage.IsCause(error))
        {
            var size = session.Task.Description.InputSize;
            throw new BatchTooLargeException(
                MemoryShortage.Message(error, session.Position.Step, config.Train.BatchSize, size[0], size[1], session.Task.Size), error);
        }
        options.Ranks.Leave();
        var result = Result(session, reason, validation.Last);
        progress.Finished(result);
        return result;
    }

    /// <summary>Keeps what was learned before a file vanished or turned out faulty.</summary>
    /// <returns>What to do then.</returns>
    private string AfterFaultyData(TrainingSession session)
    {
        var saved = SaveBeforeFault(session) is { } fault ? $"The run could not be saved then: {fault.TrimEnd('.')}. Correct both"
            : session.Run.HasCheckpoint ? "The run is saved: correct that"
            : "Correct that";
        var next = session.Run.HasCheckpoint ? "and --resume goes on." : "and start the run again.";
        var skipping = config.Data?.FaultyImages == FaultyImagePolicy.Skip ? "" : " With data.faulty_images=skip a run leaves such files out.";
        return $"{saved}, {next}{skipping}";
    }

    /// <returns>Why it could not be saved; null where it was, or where the checkpoint before is to be kept.</returns>
    private static string? SaveBeforeFault(TrainingSession session)
    {
        // Data are read between steps and while validating, so the position is that of a whole step; but of a step of several batches, some have gone
        // into running statistics, and the checkpoint before is the one to go on from.
        // Other ranks are not where they could save along.
        if (session.BatchesPerStep > 1 || session.Ranks.Size > 1)
            return null;
        try
        {
            session.Save();
            return null;
        }
        catch (Exception error)
        {
            return error.Message;   // the fault that led here is the one to throw
        }
    }

    private StopReason TrainEpochs(TrainingSession session, EpochValidation validation, CancellationToken cancellation)
    {
        var training = new EpochTraining(config, progress, session, throughput, isTimeUp: () => session.Ranks.Any(clock.Elapsed >= maxTime));
        while (session.Position.Epoch < config.Train.Epochs)
        {
            if (session.Position.ValidationsSinceBest >= config.Train.Patience)
                return StopReason.NoImprovement;
            if (!training.Run(cancellation))
                return StopReason.OutOfTime;
            if ((session.Position.Epoch + 1) % config.Train.ValidateEvery == 0 || session.Position.Epoch + 1 == config.Train.Epochs)
                validation.Run(cancellation);
            session.Position = session.Position.AfterEpoch();
            session.Save();
        }
        return StopReason.Done;
    }

    private StartReport Describe(TrainingSession session) => new()
    {
        RunDirectory = session.Run.Folder,
        Parameters = session.Network.Network.parameters().Sum(parameter => parameter.numel()),
        TrainingItems = session.Task.TrainingCount,
        ValidationItems = session.Task.ValidationCount,
        Items = session.Task.Items,
        Score = session.Task.Score,
        Epochs = config.Train.Epochs,
        StepsPerEpoch = session.StepsPerEpoch,
        FirstStep = session.Position.Step,
        Weights = session.Network.InitialWeights,
        Device = $"{session.DeviceName}, {get_num_threads()} threads",
        Ranks = session.Ranks.Size,
    };

    private TrainingResult Result(TrainingSession session, StopReason reason, IScores? lastValidation) => new()
    {
        RunDirectory = session.Run.Folder,
        Reason = reason,
        Epochs = session.Position.Epoch,
        Steps = session.Position.Step,
        Score = session.Task.Score,
        BestScore = session.Position.BestScore,
        BestEpoch = session.Position.BestEpoch,
        LastValidation = lastValidation,
        BestModel = session.Position.BestEpoch is null ? null : session.Run.BestModel,
        LastModel = session.Run.LastModel,
        Elapsed = clock.Elapsed,
    };
}

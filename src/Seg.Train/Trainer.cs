using System.Diagnostics;
using System.Globalization;
using Seg.Models;
using Seg.Train.Metrics;
using Seg.Train.Optimization;
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
    private readonly Throughput throughput = new();
    private readonly Stopwatch clock = new();
    private readonly TimeSpan? maxTime = options.MaxTime ?? (Duration.TryParse(config.Train.MaxTime ?? "", out var time) ? time : null);

    // Of this sitting.
    private long stepsMade;
    private double waitedBefore;
    private EvaluationResult? lastValidation;

    private bool IsTimeUp => clock.Elapsed >= maxTime;

    /// <summary>
    /// Trains to the last epoch, or until it no longer helps, the time is up, or it is cancelled: a checkpoint is saved and the result says so.
    /// </summary>
    /// <exception cref="InputException">Config or data are wrong, or there is nothing to resume. Nothing was written.</exception>
    /// <exception cref="TrainingDivergedException">Loss or weights are no longer finite; the last good checkpoint is on disk.</exception>
    /// <exception cref="BatchTooLargeException">Memory is short; the last checkpoint is on disk.</exception>
    /// <exception cref="IOException">A file cannot be written; the checkpoint before is on disk.</exception>
    public TrainingResult Run(CancellationToken cancellation = default)
    {
        clock.Restart();
        if (options.Threads is { } threads)
            set_num_threads(threads);
        using var session = new TrainingSession(config, options, progress, cancellation);
        progress.Started(Describe(session));

        StopReason reason;
        try
        {
            reason = TrainEpochs(session, cancellation);
            if (reason == StopReason.OutOfTime)
                session.Save();
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Cancellation is seen between steps and within a validation, so the position is that of a whole step.
            session.Save();
            reason = StopReason.Interrupted;
        }
        catch (Exception error) when (error is not BatchTooLargeException && MemoryShortage.IsCause(error))
        {
            var crop = session.Description.InputSize;
            throw new BatchTooLargeException(
                MemoryShortage.Message(error, session.Position.Step, config.Train.BatchSize, crop[0], crop[1]), error);
        }
        var result = Result(session, reason, clock.Elapsed);
        progress.Finished(result);
        return result;
    }

    private StopReason TrainEpochs(TrainingSession session, CancellationToken cancellation)
    {
        while (session.Position.Epoch < config.Train.Epochs)
        {
            if (session.Position.ValidationsSinceBest >= config.Train.Patience)
                return StopReason.NoImprovement;
            if (!TrainEpoch(session, cancellation))
                return StopReason.OutOfTime;
            if ((session.Position.Epoch + 1) % config.Train.ValidateEvery == 0 || session.Position.Epoch + 1 == config.Train.Epochs)
                Validate(session, cancellation);
            session.Position = session.Position.AfterEpoch();
            session.Save();
        }
        return StopReason.Done;
    }

    /// <returns>Whether the epoch's steps are all done; false where the time is up before.</returns>
    private bool TrainEpoch(TrainingSession session, CancellationToken cancellation)
    {
        // At least one step is made in a sitting, so that one after the other comes to an end.
        if (stepsMade > 0 && IsTimeUp)
            return false;
        throughput.StartEpoch();
        waitedBefore = session.Loader.WaitSeconds;
        var size = session.BatchesPerStep;
        // A step of several batches is finished before a cancellation is seen: some of it has gone into running statistics and random numbers.
        var interruption = size == 1 ? cancellation : CancellationToken.None;
        List<int> indices = [];
        var batches = 0;
        // The last batches of an epoch, too few for a step, are left out.
        var left = (session.StepsPerEpoch - session.Position.Batch) * size;
        foreach (var batch in session.Loader.Epoch(session.Position.Epoch, session.Position.Batch * size, interruption).Take(left))
        {
            using (batch)
            {
                if (batches == 0)
                    cancellation.ThrowIfCancellationRequested();
                indices.AddRange(batch.Indices);
                var outcome = TrainOn(session, batch, isLast: ++batches == size);
                if (outcome is null)
                    continue;
                AfterStep(session, outcome.Value, indices);
                indices.Clear();
                batches = 0;
            }
            if (IsTimeUp && session.Position.Batch < session.StepsPerEpoch)
                return false;
        }
        return true;
    }

    /// <returns>What came of the step, after its last batch.</returns>
    /// <exception cref="BatchTooLargeException">Memory is short.</exception>
    private StepOutcome? TrainOn(TrainingSession session, SegmentationBatch batch, bool isLast)
    {
        var learningRate = session.Schedule.RateAt(session.Position.Step);
        try
        {
            if (session.BatchesPerStep == 1)
                return session.Step.Run(batch.Images, batch.Labels, learningRate);
            session.Step.Add(batch.Images, batch.Labels);
            return isLast ? session.Step.Finish(learningRate) : null;
        }
        catch (Exception error) when (MemoryShortage.IsCause(error))
        {
            var size = (int)batch.Images.shape[0];
            var fitting = MemoryShortage.LargestFitting(size, images => session.Step.Try(batch.Images.narrow(0, 0, images), batch.Labels.narrow(0, 0, images)));
            throw new BatchTooLargeException(
                MemoryShortage.Message(
                    error, session.Position.Step + 1, DeviceText(session), size, (int)batch.Images.shape[2], (int)batch.Images.shape[3],
                    session.BatchesPerStep, fitting),
                error);
        }
    }

    private void AfterStep(TrainingSession session, StepOutcome outcome, IReadOnlyList<int> indices)
    {
        var learningRate = session.Schedule.RateAt(session.Position.Step);
        session.Position = session.Position.AfterStep(LossOf(outcome, session, learningRate, indices));
        stepsMade++;
        throughput.Step(indices.Count);
        ReportStep(session, outcome, learningRate, throughput.ShareOf(session.Loader.WaitSeconds - waitedBefore));
    }

    /// <summary>The step's loss, or null where there was nothing to learn from.</summary>
    /// <exception cref="TrainingDivergedException">Loss or gradient are not finite.</exception>
    private double? LossOf(StepOutcome outcome, TrainingSession session, double learningRate, IReadOnlyList<int> indices)
    {
        var step = session.Position.Step + 1;
        switch (outcome.Verdict)
        {
            case StepVerdict.Updated or StepVerdict.Overflow:
                return outcome.Loss;
            case StepVerdict.NothingToLearn:
                progress.Warning($"Step {step} had no pixel to learn from: every one was ignored. The weights stay as they are.");
                return null;
            case StepVerdict.LossNotFinite:
                throw Diverged(string.Create(CultureInfo.InvariantCulture, $"the loss is {outcome.Loss}"));
            default:
                throw Diverged("the gradient is not finite");
        }

        TrainingDivergedException Diverged(string what) =>
            new(Divergence.Message(what, step, learningRate, [.. indices.Select(session.Training.Name)]));
    }

    private void ReportStep(TrainingSession session, StepOutcome outcome, double learningRate, double dataWait)
    {
        var position = session.Position;
        session.Log.Write(new StepLine
        {
            Step = position.Step,
            Epoch = position.Epoch + 1,
            Loss = double.IsFinite(outcome.Loss) ? outcome.Loss : null,
            LearningRate = learningRate,
            ImagesPerSecond = throughput.ImagesPerSecond,
            DataWait = dataWait,
        });
        progress.Step(new StepReport
        {
            Epoch = position.Epoch + 1,
            Epochs = config.Train.Epochs,
            Step = position.Batch,
            StepsPerEpoch = session.StepsPerEpoch,
            TotalStep = position.Step,
            Loss = outcome.Loss,
            LearningRate = learningRate,
            ImagesPerSecond = throughput.ImagesPerSecond,
            Eta = throughput.Eta(session.TotalSteps - position.Step, ValidationsLeft(position.Epoch)),
            DataWait = dataWait,
        });
    }

    private void Validate(TrainingSession session, CancellationToken cancellation)
    {
        var (result, elapsed) = session.Validator.Run(session.Model, session.Position, progress, cancellation);
        throughput.Validated(elapsed);
        lastValidation = result;

        var position = session.Position;
        var isBest = position.BestMeanIoU is not { } best || result.MeanIoU > best;
        if (isBest)
        {
            session.SaveModel(session.Run.BestModel);
            position = position with { BestMeanIoU = result.MeanIoU, BestEpoch = position.Epoch + 1 };
        }
        position = session.Position = position with { ValidationsSinceBest = isBest ? 0 : position.ValidationsSinceBest + 1 };
        session.Log.Write(new EpochLine
        {
            Epoch = position.Epoch + 1,
            Step = position.Step,
            TrainLoss = position.LossCount > 0 ? position.MeanLoss : null,
            MeanIoU = result.MeanIoU,
            PixelAccuracy = result.PixelAccuracy,
            ClassIoU = result.Labels.Names.Zip(result.IoU, (name, score) => (name, score: double.IsNaN(score) ? null : (double?)score))
                .ToDictionary(entry => entry.name, entry => entry.score),
            BestMeanIoU = position.BestMeanIoU!.Value,
            ValidationSeconds = elapsed.TotalSeconds,
        });
        WriteCharts(session, result);
        progress.Validated(new ValidationReport
        {
            Epoch = position.Epoch + 1,
            Epochs = config.Train.Epochs,
            TrainLoss = position.MeanLoss,
            Result = result,
            BestMeanIoU = position.BestMeanIoU!.Value,
            IsBest = isBest,
            Elapsed = elapsed,
        });
    }

    /// <summary>A run does not fail for want of a picture: what goes wrong is a warning.</summary>
    private void WriteCharts(TrainingSession session, EvaluationResult result)
    {
        try
        {
            var (steps, epochs) = MetricsLog.Read(session.Run.Metrics);
            if (steps.Count > 0)
                CurvesWriter.Write(session.Run.Curves, steps, epochs, session.StepsPerEpoch);
            ValidationTables.Write(session.Run, result, session.Position.Epoch + 1);
        }
        catch (IOException error)
        {
            progress.Warning($"Curves or tables were not written: {error.Message}");
        }
    }

    private int ValidationsLeft(int epoch) =>
        (config.Train.Epochs + config.Train.ValidateEvery - 1) / config.Train.ValidateEvery - epoch / config.Train.ValidateEvery;

    private StartReport Describe(TrainingSession session) => new()
    {
        RunDirectory = session.Run.Folder,
        Parameters = session.Network.parameters().Sum(parameter => parameter.numel()),
        TrainImages = session.Training.Count,
        ValidationImages = session.Validation.Count,
        Epochs = config.Train.Epochs,
        StepsPerEpoch = session.StepsPerEpoch,
        FirstStep = session.Position.Step,
        Weights = session.InitialWeights,
        Device = $"{DeviceText(session)}, {get_num_threads()} threads",
    };

    private string DeviceText(TrainingSession session) =>
        $"{options.Device}, {session.PrecisionName}";

    private TrainingResult Result(TrainingSession session, StopReason reason, TimeSpan elapsed) => new()
    {
        RunDirectory = session.Run.Folder,
        Reason = reason,
        Epochs = session.Position.Epoch,
        Steps = session.Position.Step,
        BestMeanIoU = session.Position.BestMeanIoU,
        BestEpoch = session.Position.BestEpoch,
        LastValidation = lastValidation,
        BestModel = session.Position.BestEpoch is null ? null : session.Run.BestModel,
        LastModel = session.Run.LastModel,
        Elapsed = elapsed,
    };
}

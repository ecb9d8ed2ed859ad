using System.Globalization;
using Seg.Train.Optimization;
using Seg.Train.Runs;

namespace Seg.Train;

/// <summary>Makes the steps of an epoch, one after the other, and tells of each.</summary>
/// <param name="isTimeUp">Whether the sitting is to end.</param>
internal sealed class EpochTraining(
    RunConfig config, ITrainingProgress progress, TrainingSession session, Throughput throughput, Func<bool> isTimeUp)
{
    // Of this sitting.
    private long stepsMade;
    private double waitedBefore;

    /// <summary>Trains to the end of the epoch under way.</summary>
    /// <returns>Whether the epoch's steps are all done; false where the time is up before.</returns>
    /// <exception cref="OperationCanceledException">Cancelled, between two steps.</exception>
    /// <exception cref="TrainingDivergedException">Loss or gradient are not finite.</exception>
    /// <exception cref="BatchTooLargeException">Memory is short.</exception>
    /// <exception cref="BatchTooSmallException">There are too few numbers for a batch norm.</exception>
    public bool Run(CancellationToken cancellation)
    {
        // At least one step is made in a sitting, so that one after the other comes to an end.
        if (stepsMade > 0 && isTimeUp())
            return false;
        throughput.StartEpoch();
        waitedBefore = session.Loader.WaitSeconds;
        var size = session.BatchesPerStep;
        // A step of several batches is finished before a cancellation is seen: some of it has gone into running statistics and random numbers.
        // Several ranks agree on it between two steps.
        var interruption = size == 1 && session.Ranks.Size == 1 ? cancellation : CancellationToken.None;
        List<int> indices = [];
        var (batches, items) = (0, 0);
        // The last batches of an epoch, too few for a step, are left out.
        var left = (session.StepsPerEpoch - session.Position.Batch) * size;
        foreach (var batch in session.Loader.Epoch(session.Position.Epoch, session.Position.Batch * size, interruption).Take(left))
        {
            using (batch)
            {
                if (batches == 0 && session.Ranks.Any(cancellation.IsCancellationRequested))
                    throw new OperationCanceledException(cancellation);
                indices.AddRange(batch.Indices);
                items += batch.TotalCount;
                var outcome = TrainOn(batch, isLast: ++batches == size);
                if (outcome is null)
                    continue;
                AfterStep(outcome.Value, indices, items);
                indices.Clear();
                (batches, items) = (0, 0);
            }
            if (isTimeUp() && session.Position.Batch < session.StepsPerEpoch)
                return false;
        }
        return true;
    }

    /// <returns>What came of the step, after its last batch.</returns>
    /// <exception cref="BatchTooLargeException">Memory is short.</exception>
    /// <exception cref="BatchTooSmallException">There are too few numbers for a batch norm.</exception>
    private StepOutcome? TrainOn(TrainingBatch batch, bool isLast)
    {
        var learningRate = session.Schedule.RateAt(session.ScheduleStep);
        try
        {
            if (session.BatchesPerStep == 1)
                return session.Step.Run(batch.Images, batch.Targets, learningRate);
            session.Step.Add(batch.Images, batch.Targets, isLast);
            return isLast ? session.Step.Finish(learningRate) : null;
        }
        catch (Exception error) when (MemoryShortage.IsCause(error))
        {
            var size = (int)batch.Images.shape[0];
            // Of several ranks the others do not try along.
            int? fitting = session.Ranks.Size > 1 ? null : MemoryShortage.LargestFitting(size, images => Try(batch, images));
            throw new BatchTooLargeException(
                MemoryShortage.Message(
                    error, session.Position.Step + 1, session.DeviceName, size, (int)batch.Images.shape[2], (int)batch.Images.shape[3],
                    session.BatchesPerStep, fitting, session.Task.Size),
                error);
        }
        catch (Exception error) when (BatchTooSmallException.IsCause(error))
        {
            throw new BatchTooSmallException(error);
        }
    }

    private void Try(TrainingBatch batch, int images)
    {
        using var some = batch.Images.narrow(0, 0, images);
        using var targets = batch.Targets.First(images);
        session.Step.Try(some, targets);
    }

    /// <param name="indices">Of the items that this rank has trained on.</param>
    /// <param name="items">How many all ranks have.</param>
    private void AfterStep(StepOutcome outcome, IReadOnlyList<int> indices, int items)
    {
        var learningRate = session.Schedule.RateAt(session.ScheduleStep);
        session.Position = session.Position.AfterStep(LossOf(outcome, learningRate, indices));
        stepsMade++;
        throughput.Step(items);
        ReportStep(outcome, learningRate, throughput.ShareOf(session.Loader.WaitSeconds - waitedBefore));
        session.TellFaultyFiles();
    }

    /// <summary>The step's loss, or null where there was nothing to learn from.</summary>
    /// <exception cref="TrainingDivergedException">Loss or gradient are not finite.</exception>
    private double? LossOf(StepOutcome outcome, double learningRate, IReadOnlyList<int> indices)
    {
        var step = session.Position.Step + 1;
        switch (outcome.Verdict)
        {
            case StepVerdict.Updated or StepVerdict.Overflow:
                return outcome.Loss;
            case StepVerdict.NothingToLearn:
                progress.Warning($"Step {step} had nothing to learn from: every label was ignored. The weights stay as they are.");
                return null;
            case StepVerdict.LossNotFinite:
                throw Diverged(string.Create(CultureInfo.InvariantCulture, $"the loss is {outcome.Loss}"));
            default:
                throw Diverged("the gradient is not finite");
        }

        TrainingDivergedException Diverged(string what) =>
            new(Divergence.Message(what, step, learningRate, [.. indices.Select(session.Task.NameOf)]));
    }

    private void ReportStep(StepOutcome outcome, double learningRate, double dataWait)
    {
        var position = session.Position;
        session.Log?.Write(new StepLine
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
            Eta = throughput.Eta(session.TotalSteps - session.ScheduleStep, ValidationsLeft(position.Epoch)),
            DataWait = dataWait,
        });
    }

    private int ValidationsLeft(int epoch) =>
        (config.Train.Epochs + config.Train.ValidateEvery - 1) / config.Train.ValidateEvery - epoch / config.Train.ValidateEvery;
}

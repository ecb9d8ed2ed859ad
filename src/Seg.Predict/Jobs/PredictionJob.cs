using Seg.Models;
using Seg.Models.Weights;
using Seg.Predict.Inputs;

namespace Seg.Predict.Jobs;

/// <summary>Predicts files: finds the inputs, runs the network, writes what was asked for. What <c>seg predict</c> does.</summary>
public static class PredictionJob
{
    /// <summary>Does the whole request; the model file says what the task is.</summary>
    /// <param name="progress">Called after each image and each video frame, from one thread at a time, but not always the same one.</param>
    /// <returns>
    /// What was done; <see cref="PredictionSummary.Failures"/> names the inputs that could not be predicted, when others could.
    /// </returns>
    /// <exception cref="InputException">
    /// No input, no model, options for a model of another task, an output folder that cannot be made, or not one input that can be
    /// predicted.
    /// </exception>
    /// <exception cref="IOException">A result cannot be written. Results written before stay, and none is half-written.</exception>
    /// <exception cref="OperationCanceledException">
    /// Cancelled; results written before stay. A stream that is the last input ends then, and is no exception.
    /// </exception>
    public static PredictionSummary Run(
        PredictRequest request, Action<PredictionProgress>? progress = null, CancellationToken cancellation = default)
    {
        var inputs = InputSource.Find(request.Inputs, request.Output, request.StandardInput, PredictionOutputNames.Endings);
        var description = ModelFile.ReadDescription(request.Model);
        if (description is not SegmentationDescription segmentation)
        {
            var plan = PosePlan.Make(request, inputs);
            return new PredictionRun<Person[]>(request, inputs, _ => new PoseTask(plan, request), progress).Run(cancellation);
        }
        var pixels = SegmentationPlan.Make(request, inputs, segmentation.Labels);
        return new PredictionRun<LabelMap>(request, inputs, LoadSegmentation, progress).Run(cancellation);

        SegmentationTask LoadSegmentation(ResultFiles files) =>
            new(pixels, SegmentationPredictor.Load(request.Model, request.Predictor), request, files, cancellation);
    }
}

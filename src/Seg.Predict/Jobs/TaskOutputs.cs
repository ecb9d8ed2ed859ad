using Seg.Models;
using Seg.Predict.Inputs;

namespace Seg.Predict.Jobs;

/// <summary>What can be saved of a task's results.</summary>
/// <param name="Model">What messages call a model of the task: "a pose model".</param>
internal sealed record TaskOutputs(string Model, PredictionOutputs OfImages, PredictionOutputs OfVideos)
{
    /// <exception cref="InputException">
    /// Something is to be saved that this task does not give, or nothing that a video among the inputs gives.
    /// </exception>
    public void Check(PredictionOutputs save, IReadOnlyList<InputItem> inputs)
    {
        if ((save & ~OfImages) is not PredictionOutputs.None and var foreign)
        {
            throw new InputException(
                $"'{PredictionOutputNames.Join(foreign)}' cannot be saved of {Model}; choose from {PredictionOutputNames.Join(OfImages)}.");
        }
        if ((save & OfVideos) == PredictionOutputs.None && inputs.FirstOrDefault(input => input.IsVideo) is { } video)
        {
            throw new InputException(
                $"'{video.Path}' is a video, of which {PredictionOutputNames.Join(OfVideos, " and ")} can be saved, and neither was asked for.");
        }
    }
}

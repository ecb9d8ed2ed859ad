using Seg.Models;
using Seg.Predict.Inputs;

namespace Seg.Predict.Jobs;

/// <summary>What can be saved of a task's results.</summary>
/// <param name="Model">What messages call a model of the task: "a pose model".</param>
internal sealed record TaskOutputs(string Model, PredictionOutputs OfImages, PredictionOutputs OfVideos)
{
    /// <summary>What is drawn of videos.</summary>
    public PredictionOutputs VideoPictures => OfVideos & ~PredictionOutputs.Json;

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
                $"'{video.Path}' is a video, of which {PredictionOutputNames.Join(OfVideos)} can be saved, and nothing of it was asked for.");
        }
    }

    /// <exception cref="InputException">The JSON of an input would have the name of one that tells of all images.</exception>
    public static void RequireFreeName(string file, IReadOnlyList<InputItem> inputs)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        if (inputs.FirstOrDefault(input => input.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } clash)
            throw new InputException($"'{clash.Path}' would be told of in {file}, which tells of all images; give it another name.");
    }
}

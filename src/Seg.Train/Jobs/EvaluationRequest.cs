using Seg.Predict;

namespace Seg.Train.Jobs;

/// <summary>A trained model, to be scored on labelled images.</summary>
public sealed record EvaluationRequest
{
    /// <summary>The model file (.safetensors).</summary>
    public required string Model { get; init; }

    /// <summary>The data set's folder; null: that of the config.</summary>
    public string? Data { get; init; }

    /// <summary>A config with a <c>data:</c> section; null: the one of the model's run, or what the data's folders look like.</summary>
    public string? Config { get; init; }

    /// <summary>Changes to the config, <c>key=value</c>.</summary>
    public IReadOnlyList<string> Overrides { get; init; } = [];

    /// <summary>Which part of the data.</summary>
    public string Split { get; init; } = "val";

    /// <summary>
    /// Of pose: a file of a detector's boxes, in the form of COCO's results, or <c>annotations</c>; null: as the config says.
    /// </summary>
    public string? Boxes { get; init; }

    /// <summary>A folder for a page of all images with their truth and their errors, made where missing; null: none.</summary>
    public string? Review { get; init; }

    /// <summary>Of pose: where a picture of some images goes, with their true people and the predicted ones; null: nowhere.</summary>
    public string? Sheet { get; init; }

    public PredictorOptions Predictor { get; init; } = new();
}

using Seg.Predict.Drawing;

namespace Seg.Predict.Jobs;

/// <summary>Everything that a prediction over files needs to know.</summary>
public sealed record PredictRequest
{
    /// <summary>The model file (.safetensors).</summary>
    public required string Model { get; init; }

    /// <summary>Files, folders, patterns, lists and streams, as <see cref="Inputs.InputSource.Find"/> takes them.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>What an input <c>-</c> stands for: an image or a list of paths; null: there is none.</summary>
    public Stream? StandardInput { get; init; }

    /// <summary>Most frames of each video or stream, at least 1; null: all.</summary>
    public int? Frames { get; init; }

    /// <summary>
    /// The folder for the results, made where missing; results of a folder's subfolders go to subfolders of the same names.
    /// </summary>
    public required string Output { get; init; }

    /// <summary>What is written for each input.</summary>
    public PredictionOutputs Save { get; init; } = PredictionOutputs.Overlay;

    /// <summary>Whether the output folder gets a page (index.html) on which the images can be looked through.</summary>
    public bool Review { get; init; }

    /// <summary>Most frames of each video on that page, one a second or fewer; 0 for none.</summary>
    public int ReviewFrames { get; init; } = UsualReviewFrames;

    public const int UsualReviewFrames = 50;

    public PredictorOptions Predictor { get; init; } = new();

    /// <summary>How a segmentation model's label maps are drawn.</summary>
    public OverlayOptions Overlay { get; init; } = new();

    /// <summary>A file of colours for a segmentation model's classes, as <see cref="ClassColors"/> reads it; null: the model's own.</summary>
    public string? Palette { get; init; }

    /// <summary>For pose models alone.</summary>
    public PoseRequest Pose { get; init; } = new();
}

using Seg.Models;

namespace Seg.Predict.Review;

/// <summary>What all items of a review have in common.</summary>
public sealed record ReviewSubject
{
    /// <summary>What the page calls the model: its file, as the user named it.</summary>
    public required string Model { get; init; }

    /// <summary>Of segmentation: the classes of the label maps.</summary>
    public LabelSet? Classes { get; init; }

    /// <summary>Of pose: the keypoints of the persons.</summary>
    public KeypointSet? Keypoints { get; init; }
}

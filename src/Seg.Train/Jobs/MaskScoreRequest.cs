namespace Seg.Train.Jobs;

/// <summary>What <see cref="MaskScoreJob"/> compares.</summary>
public sealed record MaskScoreRequest
{
    /// <summary>Folder of the true masks.</summary>
    public required string Truth { get; init; }

    /// <summary>Folder of the predicted masks.</summary>
    public required string Predicted { get; init; }

    /// <summary>Name of a published class list (<c>cityscapes</c>, <c>ade20k</c>, …), or a file with one.</summary>
    public required string Classes { get; init; }

    /// <summary>
    /// Whether predicted masks hold class indices 0, 1, 2, …, as <c>seg predict --save mask</c> writes them, instead of the truth's values.
    /// Cityscapes' train ids are such indices, and recognised by "TrainIds" in a file's name.
    /// </summary>
    public bool Indices { get; init; }
}

namespace Seg.Train.Checks;

/// <summary>What <see cref="DataCheck"/> is told beside the data's config.</summary>
public sealed record DataCheckOptions
{
    /// <summary>How much is looked at.</summary>
    public CheckDepth Depth { get; init; } = CheckDepth.Full;

    /// <summary>Splits to check; by default those that a training uses.</summary>
    public IReadOnlyList<string> Splits { get; init; } = ["train", "val"];

    /// <summary>Classes or keypoints that the model has; null where it is not known.</summary>
    public int? ModelClasses { get; init; }

    /// <summary>Images or people of a training step; null where it is not known.</summary>
    public int? BatchSize { get; init; }

    /// <summary>Whether the model is a bottom-up one, which is trained on whole images instead of crops of people.</summary>
    public bool IsBottomUp { get; init; }

    /// <summary>Threads that read files; 0 for one a processor. The report does not depend on it.</summary>
    public int Threads { get; init; }
}

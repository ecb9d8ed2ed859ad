namespace Seg.Train.Jobs;

/// <summary>What <see cref="DataPreviewJob"/> draws.</summary>
public sealed record DataPreviewRequest
{
    /// <summary>With a <c>data:</c> section.</summary>
    public required RunConfig Config { get; init; }

    /// <summary>Folder for the pictures; made where it is missing.</summary>
    public required string Out { get; init; }

    /// <summary>How many batches, at least 1.</summary>
    public int Batches { get; init; } = 3;

    /// <summary>Of which split.</summary>
    public string Split { get; init; } = "train";

    /// <summary>Of which epoch, from 1.</summary>
    public int Epoch { get; init; } = 1;
}

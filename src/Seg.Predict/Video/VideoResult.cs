namespace Seg.Predict.Video;

/// <summary>What came of one video.</summary>
public sealed record VideoResult
{
    /// <summary>Frames that were read and predicted.</summary>
    public required int Frames { get; init; }

    /// <summary>Frames that the file says it has; more than <see cref="Frames"/> where it ends early.</summary>
    public required int DeclaredFrames { get; init; }

    /// <summary>Frames a second.</summary>
    public required double FrameRate { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }
}

namespace Seg.Predict.Video;

/// <summary>What came of one video.</summary>
public sealed record VideoResult
{
    /// <summary>Frames that were read and predicted.</summary>
    public required int Frames { get; init; }

    /// <summary>Frames that the file says it has, of those that were asked for; 0 where it does not say.</summary>
    public required int DeclaredFrames { get; init; }

    /// <summary>
    /// Whether frames are missing at the end: 2 or more, and over a fiftieth. Containers without a count, such as MKV, state a length
    /// and a rate, whose product is a few frames off.
    /// </summary>
    public bool EndsEarly => DeclaredFrames - Frames >= 2 && (DeclaredFrames - Frames) * 50L > DeclaredFrames;

    /// <summary>Frames a second.</summary>
    public required double FrameRate { get; init; }

    /// <summary>Of a file: how far, in seconds, the times of its frames are at most from the even ones of that rate.</summary>
    public double Drift { get; init; }

    /// <summary>Whether people notice that: a quarter of a second or more, and two frames.</summary>
    public bool IsUneven => Drift >= Math.Max(0.25, 2 / FrameRate);

    public required int Width { get; init; }

    public required int Height { get; init; }
}

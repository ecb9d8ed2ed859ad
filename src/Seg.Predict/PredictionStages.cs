using System.Diagnostics;

namespace Seg.Predict;

/// <summary>
/// The stages of a prediction as spans of <see cref="ActivitySource"/>: whoever listens to the source named <see cref="SourceName"/>, such as OpenTelemetry,
/// sees when each began and how long it took. Without a listener a span costs nothing.
/// </summary>
/// <remarks>A GPU works on while the processor goes on: what waits for its results takes its time.</remarks>
public static class PredictionStages
{
    public const string SourceName = "Seg.Predict";

    /// <summary>Reading a file, or a frame of a video, into pixels.</summary>
    public const string Decode = "decode";

    /// <summary>Pixels into the network's input: resizing, cropping, normalising.</summary>
    public const string Prepare = "prepare";

    /// <summary>The network itself, in all of its looks at an image.</summary>
    public const string Network = "network";

    /// <summary>What the network gives into classes of pixels, or persons.</summary>
    public const string Result = "result";

    /// <summary>Overlays and other pictures.</summary>
    public const string Draw = "draw";

    /// <summary>Results into files and frames of videos.</summary>
    public const string Encode = "encode";

    /// <summary>What the review page shows.</summary>
    public const string Review = "review";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>In the order in which an image goes through them.</summary>
    public static IReadOnlyList<string> All { get; } = [Decode, Prepare, Network, Result, Draw, Encode, Review];

    /// <summary>Begins a stage, which ends with the disposal; one that begins within another is no part of that.</summary>
    internal static Activity? Begin(string stage) => Source.StartActivity(stage);
}

using static TorchSharp.torch;

namespace Seg.Train.Jobs;

/// <summary>The main job end to end, on scenes that are drawn for it.</summary>
public sealed record DemoRequest
{
    /// <summary>The folder for everything that the demo leaves.</summary>
    public required string Output { get; init; }

    /// <summary>The config to train; null: the subject's own recipe.</summary>
    public string? Config { get; init; }

    /// <summary>Changes to the config, <c>key=value</c>.</summary>
    public IReadOnlyList<string> Overrides { get; init; } = [];

    /// <summary>What is drawn, trained and predicted.</summary>
    public required DemoSubject Subject { get; init; }

    /// <summary>Length of the video.</summary>
    public double VideoSeconds { get; init; } = 5;

    public Device Device { get; init; } = CPU;

    /// <summary>Threads that the network computes on; null: as many as libtorch takes itself.</summary>
    public int? Threads { get; init; }
}

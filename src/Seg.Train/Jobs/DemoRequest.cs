using Seg.Train.Synthesis;
using static TorchSharp.torch;

namespace Seg.Train.Jobs;

/// <summary>The main job end to end, on scenes that are drawn for it.</summary>
public sealed record DemoRequest
{
    /// <summary>The folder for everything that the demo leaves.</summary>
    public required string Output { get; init; }

    /// <summary>The config to train, for Cityscapes' layout.</summary>
    public required string Config { get; init; }

    /// <summary>Changes to the config, <c>key=value</c>.</summary>
    public IReadOnlyList<string> Overrides { get; init; } = [];

    /// <summary>
    /// The scenes to train on and those held out. By default with the classes that every street has: those of which a few minutes' training sees enough.
    /// </summary>
    public SynthConfig Scenes { get; init; } = new() { Classes = SceneClasses.Main };

    /// <summary>Length of the video.</summary>
    public double VideoSeconds { get; init; } = 5;

    public Device Device { get; init; } = CPU;

    /// <summary>Threads that the network computes on; null: as many as libtorch takes itself.</summary>
    public int? Threads { get; init; }
}

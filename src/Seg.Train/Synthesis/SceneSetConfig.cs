using Seg.Models;

namespace Seg.Train.Synthesis;

/// <summary>How many scenes to draw, how large, and from which seed.</summary>
public abstract record SceneSetConfig
{
    /// <summary>Of videos, where nothing else is asked for.</summary>
    public const double FramesPerSecond = 15;

    /// <summary>Scenes of the split "train"; at least 0.</summary>
    public int Train { get; init; } = 200;

    /// <summary>Scenes of the split "val"; at least 0. They are others than those of "train".</summary>
    public int Val { get; init; } = 40;

    /// <summary>
    /// The same seed gives the same files, byte for byte, with any number of threads; scene i of a split does not depend on how many there
    /// are.
    /// </summary>
    public int Seed { get; init; } = 1;

    /// <summary>Width of the pictures in pixels, 64–4096.</summary>
    public int Width { get; init; }

    /// <summary>Height of the pictures in pixels, 64–4096.</summary>
    public int Height { get; init; }

    /// <summary>Threads that draw; 0 for as many as there are processors.</summary>
    public int Threads { get; init; }

    internal int WorkerCount => Threads > 0 ? Threads : Environment.ProcessorCount;

    /// <summary>Numbers that must be 0 or more, by their names.</summary>
    private protected virtual IEnumerable<(string Name, int Count)> Counts => [("train", Train), ("val", Val), ("threads", Threads)];

    /// <exception cref="InputException">A value is outside its range.</exception>
    internal virtual void Check()
    {
        foreach (var (name, count) in Counts)
        {
            if (count < 0)
                throw new InputException($"The number for {name} is {count}; give 0 or more.");
        }
        foreach (var (name, size) in (ReadOnlySpan<(string, int)>)[("width", Width), ("height", Height)])
        {
            if (size is < 64 or > 4096)
                throw new InputException($"The {name} of the scenes is {size} pixels; give 64 to 4096.");
        }
    }
}

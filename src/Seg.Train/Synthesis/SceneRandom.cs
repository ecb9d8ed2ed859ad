namespace Seg.Train.Synthesis;

/// <summary>
/// Random numbers that depend on their seed alone (SplitMix64, Steele et al., OOPSLA 2014), whatever the machine, the culture and the .NET
/// version.
/// </summary>
/// <remarks>Each thing in a scene has a seed of its own, so that it looks the same in every frame of a drive.</remarks>
internal sealed class SceneRandom(ulong seed)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private ulong state = seed;

    /// <summary>The numbers of one scene of a set.</summary>
    public static SceneRandom Of(int seed, int stream, int index) =>
        new(Mix(Mix(Mix((uint)seed + Golden) ^ (uint)stream) + (uint)index * Golden));

    /// <summary>A seed for something that draws its own numbers.</summary>
    public ulong Seed() => Mix(state += Golden);

    /// <summary>Evenly within [0, 1).</summary>
    public float Unit() => (Seed() >> 40) * (1f / (1 << 24));

    /// <summary>Evenly within [least, most).</summary>
    public float Range(float least, float most) => least + (most - least) * Unit();

    /// <summary>About a middle, never further from it than <paramref name="reach"/>, most often near.</summary>
    public float Around(float middle, float reach) => middle + (Unit() + Unit() + Unit() - 1.5f) / 1.5f * reach;

    /// <summary>0 to count − 1.</summary>
    public int Integer(int count) => (int)(Unit() * count);

    public bool Chance(float probability) => Unit() < probability;

    public float Sign() => Chance(0.5f) ? 1 : -1;

    public T Pick<T>(ReadOnlySpan<T> choices) => choices[Integer(choices.Length)];

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}

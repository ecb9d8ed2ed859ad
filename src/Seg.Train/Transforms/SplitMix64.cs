namespace Seg.Train.Transforms;

/// <summary>
/// A sequence of random numbers that depends on its key alone: not on other sequences, threads, the machine or the version of .NET.
/// </summary>
/// <remarks>
/// Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014: a counter whose values are mixed.
/// </remarks>
public struct SplitMix64
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;

    private ulong state;

    /// <param name="seed">The published generator's seed.</param>
    public SplitMix64(ulong seed) => state = seed;

    /// <summary>The sequence of one item in one epoch of a run; any other three numbers give another sequence.</summary>
    public static SplitMix64 For(long seed, long epoch, long index)
    {
        var key = Mix(unchecked((ulong)seed + GoldenGamma));
        key = Mix(unchecked((key ^ (ulong)epoch) + GoldenGamma));
        return new SplitMix64(Mix(unchecked((key ^ (ulong)index) + GoldenGamma)));
    }

    /// <summary>64 random bits.</summary>
    public ulong Next() => Mix(state = unchecked(state + GoldenGamma));

    /// <summary>Uniform in [0, 1).</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [<paramref name="least"/>, <paramref name="greatest"/>).</summary>
    public double NextDouble(double least, double greatest) => least + (greatest - least) * NextDouble();

    /// <summary>Normal with mean 0 and deviation 1 (Box and Muller, Annals of Mathematical Statistics 29, 1958); takes two numbers.</summary>
    public double NextNormal()
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - NextDouble()));
        return radius * Math.Cos(2 * Math.PI * NextDouble());
    }

    /// <summary>Uniform in 0 … <paramref name="count"/> − 1, but for a bias below count / 2^64.</summary>
    public int NextInt(int count) => (int)Math.BigMul(Next(), (ulong)count, out _);

    /// <summary>The numbers 0 … <paramref name="count"/> − 1 in random order (Fisher and Yates).</summary>
    public int[] Permutation(int count)
    {
        var order = new int[count];
        for (var i = 0; i < count; i++)
            order[i] = i;
        for (var i = count - 1; i > 0; i--)
        {
            var j = NextInt(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }
        return order;
    }

    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }
}

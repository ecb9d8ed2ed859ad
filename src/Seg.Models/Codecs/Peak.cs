using System.Numerics;
using System.Runtime.InteropServices;

namespace Seg.Models.Codecs;

/// <summary>The largest of many numbers.</summary>
internal static class Peak
{
    /// <summary>The first of the largest numbers, and its index; not-a-numbers are passed over.</summary>
    public static (int Index, float Value) Of(ReadOnlySpan<float> values)
    {
        var largest = Largest(values);
        return (Math.Max(0, values.IndexOf(largest)), largest);
    }

    public static float Largest(ReadOnlySpan<float> values)
    {
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        var largest = new Vector<float>(float.NegativeInfinity);
        foreach (var vector in vectors)
            largest = Vector.ConditionalSelect(Vector.GreaterThan(vector, largest), vector, largest);
        var value = float.NegativeInfinity;
        for (var i = 0; i < Vector<float>.Count; i++)
            value = Math.Max(value, largest[i]);
        foreach (var rest in values[(vectors.Length * Vector<float>.Count)..])
            value = rest > value ? rest : value;
        return value;
    }
}

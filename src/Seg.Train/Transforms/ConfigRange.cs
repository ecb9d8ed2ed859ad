using Seg.Models.Configuration;

namespace Seg.Train.Transforms;

/// <summary>Rules of [least, greatest] values.</summary>
internal static class ConfigRange
{
    /// <summary>Those ranges that are no pair, are turned around, or lie outside of their limits.</summary>
    public static IEnumerable<ConfigFault> Faults(params (string Member, double[] Range, double Least, double Greatest)[] ranges)
    {
        foreach (var (member, range, least, greatest) in ranges)
        {
            if (range.Length != 2 || !(range[0] >= least && range[0] <= range[1] && range[1] <= greatest))
                yield return new(member, $"is [{string.Join(", ", range)}]; must be [least, greatest], each {least} to {greatest}");
        }
    }

    /// <summary>A probability that is none.</summary>
    public static IEnumerable<ConfigFault> Probability(string member, double value)
    {
        if (value is not (>= 0 and <= 1))
            yield return new(member, $"is {value}; must be a probability, 0 to 1");
    }
}

using Seg.Models.Configuration;

namespace Seg.Models.Runtime;

/// <summary>The values of one of a network's maps, which are not negative: whole numbers from 0 to 255, times a scale for each channel.</summary>
public sealed record CalibratedMap : IChecked
{
    /// <summary>Which of the network's operator calls made it, from 0 on.</summary>
    public required int Call { get; init; }

    /// <summary>What 1 stands for in each channel; above 0.</summary>
    public required float[] Scales { get; init; }

    public IEnumerable<ConfigFault> Faults()
    {
        if (Call < 0)
            yield return new(nameof(Call), $"is {Call}; must be 0 or more");
        if (!Array.TrueForAll(Scales, scale => scale > 0 && float.IsFinite(scale)))
            yield return new(nameof(Scales), "must be above 0, each of them");
    }
}

using Seg.Models.Configuration;

namespace Seg.Train.Transforms;

/// <summary>How far colours are varied, each in half of the crops: the <c>photometric:</c> section of an augmentation for pose.</summary>
public sealed record PhotometricConfig : IChecked
{
    /// <summary>Largest value added to or taken from every channel, 0–255; default 32.</summary>
    public double Brightness { get; init; } = 32;

    /// <summary>[least, greatest] factor of every channel, 0 to 10; default [0.5, 1.5].</summary>
    public double[] Contrast { get; init; } = [0.5, 1.5];

    /// <summary>[least, greatest] factor of the saturation, 0 to 10; default [0.5, 1.5].</summary>
    public double[] Saturation { get; init; } = [0.5, 1.5];

    /// <summary>Largest turn of the hue in OpenCV's units, of which 180 are a full turn: 0–90; default 18.</summary>
    public double Hue { get; init; } = 18;

    public IEnumerable<ConfigFault> Faults()
    {
        foreach (var fault in ConfigRange.Faults((nameof(Contrast), Contrast, 0, 10), (nameof(Saturation), Saturation, 0, 10)))
            yield return fault;
        if (Brightness is not (>= 0 and <= 255))
            yield return new(nameof(Brightness), $"is {Brightness}; must be 0 to 255");
        if (Hue is not (>= 0 and <= 90))
            yield return new(nameof(Hue), $"is {Hue}; must be 0 to 90");
    }
}

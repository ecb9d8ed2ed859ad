namespace Seg.Models.Configuration;

/// <summary>One keypoint of a set in YAML.</summary>
public sealed record KeypointEntry : IChecked
{
    /// <summary>What annotations, tables and JSON call it.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The keypoint that it changes places with when an image is mirrored, which must name this one. Default: none, as of a nose.
    /// </summary>
    public string? Mirror { get; init; }

    /// <summary>σ of COCO's object keypoint similarity; above 0. Default 0.079, as of COCO's shoulders.</summary>
    public double Sigma { get; init; } = KeypointSet.UsualSigma;

    /// <summary>For drawings: "#rrggbb" or [r, g, b]. Default a light blue.</summary>
    public Rgb Color { get; init; } = new(0x4d, 0xb8, 0xff);

    public IEnumerable<ConfigFault> Faults()
    {
        if (Name.Length == 0)
            yield return new(nameof(Name), "is empty; each keypoint needs a name");
        if (Sigma is not (> 0 and < double.PositiveInfinity))
            yield return new(nameof(Sigma), $"is {Sigma}; must be above 0");
    }
}

namespace Seg.Train.Synthesis;

/// <summary>Sizes of a street, in metres.</summary>
internal sealed record StreetPlan
{
    public required int LanesEachWay { get; init; }

    public required float LaneWidth { get; init; }

    /// <summary>Width of the strip for parked cars on each side; 0 without.</summary>
    public required float Parking { get; init; }

    public required float Pavement { get; init; }

    /// <summary>Grass between the pavement and the buildings; 0 without.</summary>
    public required float Verge { get; init; }

    /// <summary>Where side streets cross, from and to along the road.</summary>
    public required (float From, float To)[] Crossings { get; init; }

    /// <summary>From the road's middle to the kerb.</summary>
    public float Kerb => LanesEachWay * LaneWidth + Parking;

    /// <summary>From the road's middle to the buildings.</summary>
    public float Facade => Kerb + Pavement + Verge;

    public bool IsCrossing(float from, float to) => Crossings.Any(crossing => from < crossing.To && to > crossing.From);
}

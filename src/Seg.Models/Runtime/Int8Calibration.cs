namespace Seg.Models.Runtime;

/// <summary>What a network needs beside its weights to be computed in whole numbers of 8 bits.</summary>
public sealed record Int8Calibration
{
    /// <summary>How many images it comes from.</summary>
    public required int Images { get; init; }

    /// <summary>Tells networks apart that call other operators: a calibration is for one.</summary>
    public required string Operators { get; init; }

    /// <summary>Every map that may be of whole numbers.</summary>
    public required CalibratedMap[] Maps { get; init; }
}

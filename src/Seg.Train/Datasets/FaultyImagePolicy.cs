namespace Seg.Train.Datasets;

/// <summary>What becomes of an image or mask that cannot be read.</summary>
public enum FaultyImagePolicy
{
    /// <summary>The run ends, after a checkpoint.</summary>
    Stop,

    /// <summary>It is left out, told and counted.</summary>
    Skip,
}

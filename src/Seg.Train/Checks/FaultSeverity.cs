namespace Seg.Train.Checks;

/// <summary>What a fault means for a training.</summary>
public enum FaultSeverity
{
    /// <summary>Training works, though perhaps not as well as it could.</summary>
    Warning,

    /// <summary>Training would fail, learn something wrong, or be scored wrongly.</summary>
    Error,
}

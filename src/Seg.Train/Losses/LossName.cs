namespace Seg.Train.Losses;

/// <summary>The losses that a config can name.</summary>
public enum LossName
{
    CrossEntropy,
}

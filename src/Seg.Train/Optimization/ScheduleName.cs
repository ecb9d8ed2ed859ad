namespace Seg.Train.Optimization;

/// <summary>The learning-rate schedules that a config can name.</summary>
public enum ScheduleName
{
    Poly,
}

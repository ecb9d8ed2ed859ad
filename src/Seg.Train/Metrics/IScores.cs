using Seg.Train.Runs;

namespace Seg.Train.Metrics;

/// <summary>How well a network does on labelled data, whatever it was trained for.</summary>
public interface IScores
{
    /// <summary>At least one; the first decides which epoch of a run is the best.</summary>
    IReadOnlyList<Score> All { get; }

    /// <summary>Of each class, or each keypoint.</summary>
    PartScores Parts { get; }

    /// <summary>The scores as JSON with stable keys, for <c>seg eval --json</c>. What is not a number is null.</summary>
    string ToJson();

    /// <summary>Writes what the scores say of each class or keypoint into a run's directory.</summary>
    /// <param name="epoch">After which they were taken, from 1.</param>
    /// <exception cref="IOException">A file cannot be written; older ones are as they were.</exception>
    void WriteTables(RunDirectory run, int epoch);
}

using Seg.Train.Metrics;

namespace Seg.Train.Tasks;

/// <summary>A network that is ready to be scored on labelled data: with the very predictor that users run.</summary>
public interface IEvaluation : IDisposable
{
    /// <summary>Predicts all of the data and scores it.</summary>
    /// <param name="progress">Told how many of all images or people are done.</param>
    /// <exception cref="Seg.Models.InputException">A file is faulty, or the data do not fit the network.</exception>
    IScores Run(Action<int, int>? progress = null, CancellationToken cancellation = default);

    /// <summary>Draws predictions and truth of some of the data, spread evenly over it and the same each time.</summary>
    /// <param name="folder">Where; made if need be.</param>
    /// <param name="count">Pictures; fewer where there are fewer images.</param>
    /// <param name="written">Told of each file and its size in pixels.</param>
    /// <exception cref="IOException">The folder or a file cannot be written.</exception>
    void WritePreviews(string folder, int count, Action<string, (int Width, int Height)> written);
}

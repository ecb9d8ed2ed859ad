using OpenCvSharp;

namespace Seg.Train.Jobs;

/// <summary>Draws the samples of one data set for people to look at.</summary>
internal interface IBatchPreview : IDisposable
{
    /// <summary>Items of the data set.</summary>
    int Count { get; }

    /// <summary>One picture of a batch.</summary>
    /// <param name="batch">Its items.</param>
    /// <returns>CV_8UC3 in BGR.</returns>
    Mat Draw(int[] batch, int seed, int epoch);
}

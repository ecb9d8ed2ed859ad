using OpenCvSharp;
using Seg.Models;
using Seg.Train.Metrics.Keypoints;

namespace Seg.Train.Tasks;

/// <summary>A pose network that is ready to be scored.</summary>
public interface IPoseEvaluation : IEvaluation
{
    /// <summary>What the network's keypoints are.</summary>
    KeypointSet Keypoints { get; }

    /// <summary>Given each image with its true and its predicted people; null: nobody.</summary>
    Action<EvaluatedPeople>? Observer { get; set; }

    /// <summary>Draws the true and the predicted people of some images on one sheet; images are spread evenly over the data and the same each time.</summary>
    /// <param name="count">Images; fewer where there are fewer.</param>
    /// <returns>CV_8UC3; the caller's.</returns>
    /// <exception cref="InputException">An image is faulty.</exception>
    Mat DrawSheet(int count);
}

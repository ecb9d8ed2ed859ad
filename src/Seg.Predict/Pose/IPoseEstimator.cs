using OpenCvSharp;
using Seg.Models;
using Seg.Models.Weights;

namespace Seg.Predict.Pose;

/// <summary>
/// Finds the persons in whole images: a top-down network that takes each image for one person, or a bottom-up one that finds any number.
/// </summary>
/// <remarks>Several threads may use one at a time. Dispose it when none does.</remarks>
public interface IPoseEstimator : IDisposable
{
    /// <summary>What the model file says of the network.</summary>
    PoseDescription Description { get; }

    /// <summary>The persons in each of several images.</summary>
    /// <param name="images">CV_8UC3, of any sizes.</param>
    /// <returns>For each image its persons by falling score, in pixels of the image.</returns>
    /// <exception cref="ArgumentException">An image of another type.</exception>
    Person[][] Estimate(IReadOnlyList<Mat> images);
}

using OpenCvSharp;

namespace Seg.Train.Datasets.Keypoints;

/// <summary>A person and the whole image that shows it.</summary>
/// <param name="Image">
/// CV_8UC3 in BGR. Disposed with the sample, but its pixels may be shared with later calls: they are for reading only.
/// </param>
/// <param name="Person">What is known of the person, in the image's pixels.</param>
public readonly record struct PersonSample(Mat Image, PersonAnnotation Person) : IDisposable
{
    public void Dispose() => Image.Dispose();
}

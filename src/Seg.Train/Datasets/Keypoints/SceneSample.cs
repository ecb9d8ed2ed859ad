using OpenCvSharp;

namespace Seg.Train.Datasets.Keypoints;

/// <summary>A whole image and everybody in it.</summary>
/// <param name="Image">CV_8UC3 in BGR. Disposed with the sample, but its pixels may be shared with later calls: they are for reading only.</param>
/// <param name="Scene">What is known of it.</param>
internal readonly record struct SceneSample(Mat Image, SceneAnnotation Scene) : IDisposable
{
    public void Dispose() => Image.Dispose();
}

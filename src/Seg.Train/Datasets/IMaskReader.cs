using OpenCvSharp;
using Seg.Models;
using Seg.Train.Checks;

namespace Seg.Train.Datasets;

/// <summary>Gives the classes of an image's pixels. Several threads may read at a time.</summary>
internal interface IMaskReader
{
    /// <summary>The labels of one sample, CV_8UC1: class indices, or the ignore index.</summary>
    /// <param name="width">Of the image, in pixels, as is <paramref name="height"/>; what is drawn has this size, a mask file its own.</param>
    /// <exception cref="InputException">The file is unreadable, or says something that is no class.</exception>
    Mat Read(SamplePaths sample, int width, int height);

    /// <summary>What is wrong with a sample's shapes; null where masks are files of ids and not drawn from shapes.</summary>
    IReadOnlyList<DataFault>? FaultsOfShapes(SamplePaths sample, int width, int height) => null;
}

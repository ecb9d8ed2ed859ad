using OpenCvSharp;
using Seg.Models;

namespace Seg.Train.Transforms;

/// <summary>Cuts a planned crop out of an image and its labels, in one pass over the pixels that are needed.</summary>
internal interface ICropSampler
{
    /// <summary>The crop of an image, by bilinear interpolation.</summary>
    /// <param name="source">CV_8UC3, of the size given to the constructor.</param>
    /// <param name="target">CV_8UC3 of the plan's size, or a region of that size in a larger one; all of it is written.</param>
    /// <param name="padding">Colour of what the image does not cover.</param>
    void Image(Mat source, Mat target, Rgb padding);

    /// <summary>The crop of a label map, each pixel that of the nearest label.</summary>
    /// <param name="source">CV_8UC1, of the size given to the constructor.</param>
    /// <param name="target">Receives the plan's labels, by row; all of them are written.</param>
    /// <param name="padding">Label of what the source does not cover.</param>
    /// <param name="stride">From one row's first label to the next one's; the plan's width where rows follow each other.</param>
    void Labels(Mat source, Span<byte> target, byte padding, int stride);

    /// <summary>The sampler of a plan: the quick one where nothing is turned.</summary>
    static ICropSampler Of(CropPlan plan, int imageWidth, int imageHeight) => plan.Angle == 0
        ? new CropResampler(plan, imageWidth, imageHeight)
        : new TurnedCropResampler(plan, imageWidth, imageHeight);
}

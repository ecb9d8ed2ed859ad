using OpenCvSharp;
using Seg.Predict;

namespace Seg.Train.Metrics;

/// <summary>One image of an evaluation, with what was predicted. Its matrices are good for the length of the call alone.</summary>
/// <param name="Index">In the data set.</param>
/// <param name="Image">CV_8UC3 in BGR.</param>
/// <param name="Labels">The true classes, CV_8UC1 of the same size.</param>
/// <param name="Map">The predicted ones, with their confidence.</param>
public sealed record EvaluatedImage(int Index, Mat Image, Mat Labels, LabelMap Map);

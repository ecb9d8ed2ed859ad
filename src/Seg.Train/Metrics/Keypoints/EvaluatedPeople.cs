using OpenCvSharp;
using Seg.Models;

namespace Seg.Train.Metrics.Keypoints;

/// <summary>The people of one image of an evaluation. Its matrix is good for the length of the call alone.</summary>
/// <param name="Image">CV_8UC3 in BGR.</param>
/// <param name="Path">The image's file.</param>
/// <param name="True">Who is annotated.</param>
/// <param name="Found">Who was predicted, doubles left out; in image pixels, the best first.</param>
public sealed record EvaluatedPeople(Mat Image, string Path, IReadOnlyList<TruePerson> True, IReadOnlyList<Person> Found);

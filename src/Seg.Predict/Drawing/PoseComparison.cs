using OpenCvSharp;
using Seg.Models;

namespace Seg.Predict.Drawing;

/// <summary>What a review compares of one image.</summary>
/// <param name="Image">CV_8UC3; still the caller's.</param>
/// <param name="True">Annotated persons, in pixels of the image, whose scores say how well each keypoint is seen.</param>
/// <param name="Predicted">Persons that a network found, likewise.</param>
/// <param name="Caption">A few words below the pictures, such as the image's name and score.</param>
public sealed record PoseComparison(Mat Image, IReadOnlyList<Person> True, IReadOnlyList<Person> Predicted, string Caption);

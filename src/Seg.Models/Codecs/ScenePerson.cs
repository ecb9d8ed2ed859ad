namespace Seg.Models.Codecs;

/// <summary>A person of a whole image, as a bottom-up codec encodes it.</summary>
/// <param name="Keypoints">In input pixels, one a keypoint of the set.</param>
/// <param name="Area">The squared diagonal of the box about the labelled keypoints, in input pixels²: the larger, the less an offset's error counts.</param>
/// <param name="HasCenter">Whether the person is to be found as a whole; else only its keypoints' heatmaps are drawn.</param>
public sealed record ScenePerson(LabelledKeypoint[] Keypoints, double Area, bool HasCenter);

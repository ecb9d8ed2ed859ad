namespace Seg.Models.Codecs;

/// <summary>A person that was found in a whole image.</summary>
/// <param name="Keypoints">In input pixels, one a keypoint of the set.</param>
/// <param name="Score">The mean of the keypoints' scores.</param>
public sealed record ScenePose(Keypoint[] Keypoints, float Score);

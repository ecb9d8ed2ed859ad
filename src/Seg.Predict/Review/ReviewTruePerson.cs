using Seg.Models;

namespace Seg.Predict.Review;

/// <summary>An annotated person, and who was found in its place.</summary>
/// <param name="Keypoints">In image pixels.</param>
/// <param name="Found">Index among the item's persons; null where nobody was found.</param>
/// <param name="Oks">Object keypoint similarity with the found one, 0–1; 0 without one.</param>
/// <param name="Similarities">What each keypoint adds to it, 0–1; not a number where it is not labelled, and 0 without a found one.</param>
public sealed record ReviewTruePerson(LabelledKeypoint[] Keypoints, PersonBox Box, int? Found, double Oks, double[] Similarities);

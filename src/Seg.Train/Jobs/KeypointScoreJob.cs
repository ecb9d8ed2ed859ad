using Seg.Models;
using Seg.Train.Metrics.Keypoints;

namespace Seg.Train.Jobs;

/// <summary>Scores any tool's detected persons by COCO's keypoint evaluation. What <c>seg score keypoints</c> does.</summary>
public static class KeypointScoreJob
{
    /// <exception cref="InputException">A file is missing or faulty, or they do not belong together.</exception>
    public static KeypointScoreResult Run(KeypointScoreRequest request)
    {
        var truth = KeypointTruthFile.Read(request.Truth);
        var sigmas = SigmaFile.Read(request.Sigmas, truth.KeypointNames.Count);
        var (detections, warnings) = KeypointDetectionFile.Read(request.Detections, truth);
        var scores = CocoKeypointEvaluator.Evaluate(truth.Persons, detections, sigmas);
        return new KeypointScoreResult(scores, truth.KeypointNames, truth.Images.Count, [.. truth.Warnings, .. warnings]);
    }
}

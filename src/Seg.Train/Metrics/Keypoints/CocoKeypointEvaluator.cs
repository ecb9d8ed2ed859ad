using Seg.Predict.Pose;

namespace Seg.Train.Metrics.Keypoints;

/// <summary>COCO's keypoint evaluation: average precision and recall of detected persons, by OKS.</summary>
/// <remarks>
/// Lin et al., arXiv:1405.0312; <c>COCOeval(iouType="keypoints")</c> of cocodataset/cocoapi, with its defaults, to the last rule: crowds and
/// persons without labelled keypoints take detections without their counting, of an image the best 20 detections count, equal scores keep the
/// order of image ids and then of the list, and an unmatched detection is a false alarm only in the area ranges that hold it.
/// </remarks>
public static class CocoKeypointEvaluator
{
    /// <param name="truth">Persons of all images, in the order of the annotations.</param>
    /// <param name="detections">Of the same images, in the order of the results; an image without persons holds false alarms.</param>
    /// <param name="sigmas">OKS's constants, one a keypoint.</param>
    /// <exception cref="ArgumentException">A person or detection has another number of keypoints, or a sigma is not above 0.</exception>
    public static KeypointScores Evaluate(IReadOnlyList<TruePerson> truth, IReadOnlyList<DetectedPerson> detections, IReadOnlyList<double> sigmas)
    {
        Oks oks = new(sigmas);
        RequireCount(truth.Select(person => person.Keypoints), oks.Count, nameof(truth));
        RequireCount(detections.Select(detection => detection.Keypoints), oks.Count, nameof(detections));

        long[] categories = [.. truth.Select(person => person.CategoryId).Distinct().Order()];
        var persons = truth.ToLookup(person => (person.CategoryId, person.ImageId));
        var found = detections.ToLookup(detection => (detection.CategoryId, detection.ImageId));
        var keys = persons.Select(group => group.Key).Union(found.Select(group => group.Key)).ToLookup(key => key.CategoryId, key => key.ImageId);
        KeypointCurves curves = new(categories.Length);
        double[] sums = new double[oks.Count];
        var counts = new int[oks.Count];
        var (counted, ranked) = (0, 0);
        for (var category = 0; category < categories.Length; category++)
        {
            var id = categories[category];
            ImageMatching[] images = [.. keys[id].Order().Select(image => new ImageMatching(oks, persons[(id, image)], found[(id, image)]))];
            CategoryRanking ranking = new(images);
            for (var range = 0; range < AreaRange.Coco.Count; range++)
            {
                var matches = Array.ConvertAll(images, image => image.Match(AreaRange.Coco[range]));
                ranking.Accumulate(matches, curves, category, range);
                if (range > 0)
                    continue;
                counted += matches.Sum(match => match.Counted);
                ranked += images.Sum(image => image.Detections.Count);
                for (var image = 0; image < images.Length; image++)
                    images[image].AddJoints(matches[image], sums, counts);
            }
        }
        return new KeypointScores(curves)
        {
            Persons = counted,
            Detections = ranked,
            KeypointSimilarity = [.. sums.Zip(counts, (sum, count) => count == 0 ? double.NaN : sum / count)],
        };
    }

    private static void RequireCount(IEnumerable<double[]> poses, int keypoints, string name)
    {
        if (poses.FirstOrDefault(pose => pose.Length != keypoints * Oks.Stride) is { } other)
            throw new ArgumentException($"A pose has {other.Length} numbers, which are not x, y and score of {keypoints} keypoints.", name);
    }
}

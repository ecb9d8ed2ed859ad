namespace Seg.Train.Metrics.Keypoints;

/// <summary>The detections of all images, ranked together: from matches to precision and recall. <c>accumulate</c> of COCO.</summary>
internal sealed class CategoryRanking
{
    /// <summary>numpy.spacing(1), by which the official code avoids 0 / 0; it makes a single hit's precision the number below 1.</summary>
    private const double Spacing = 2.220446049250313e-16;

    private readonly (int Image, int Detection, double Score)[] ranked;

    /// <param name="images">By rising id.</param>
    public CategoryRanking(IReadOnlyList<ImageMatching> images) => ranked =
    [
        .. images.SelectMany((image, index) => image.Detections.Select((detection, place) => (Image: index, Detection: place, detection.Score)))
            .OrderByDescending(entry => entry.Score),
    ];

    /// <summary>Puts one area range's precision and recall into the curves; where no person counts, they stay -1.</summary>
    /// <param name="matches">One an image.</param>
    public void Accumulate(RangeMatches[] matches, KeypointCurves curves, int category, int range)
    {
        var persons = matches.Sum(match => match.Counted);
        if (persons == 0)
            return;
        for (var threshold = 0; threshold < KeypointCurves.OksThresholds.Count; threshold++)
        {
            var (recall, precision) = Walk(matches, threshold, persons);
            curves.SetRecall(threshold, category, range, recall.Length == 0 ? 0 : recall[^1]);
            for (var place = recall.Length - 2; place >= 0; place--)
                precision[place] = Math.Max(precision[place], precision[place + 1]);
            var at = 0;
            for (var step = 0; step < KeypointCurves.RecallThresholds.Count; step++)
            {
                while (at < recall.Length && recall[at] < KeypointCurves.RecallThresholds[step])
                    at++;
                var isReached = at < recall.Length;
                curves.SetPrecision(threshold, step, category, range, isReached ? precision[at] : 0, isReached ? ranked[at].Score : 0);
            }
        }
    }

    /// <summary>Recall and precision after each detection in the order of their scores; ignored ones change neither.</summary>
    private (double[] Recall, double[] Precision) Walk(RangeMatches[] matches, int threshold, int persons)
    {
        double[] recall = new double[ranked.Length], precision = new double[ranked.Length];
        double right = 0, wrong = 0;
        for (var place = 0; place < ranked.Length; place++)
        {
            var (image, detection, _) = ranked[place];
            if (!matches[image].Ignored[threshold][detection])
            {
                if (matches[image].Matched[threshold][detection] != 0)
                    right++;
                else
                    wrong++;
            }
            recall[place] = right / persons;
            precision[place] = right / (wrong + right + Spacing);
        }
        return (recall, precision);
    }
}

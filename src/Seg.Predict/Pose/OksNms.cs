namespace Seg.Predict.Pose;

/// <summary>Non-maximum suppression of poses by their OKS: of several poses of one person the best stays.</summary>
/// <remarks>
/// Papandreou et al., "Towards accurate multi-person pose estimation in the wild", arXiv:1701.01779; <c>oks_nms</c> and <c>soft_oks_nms</c> of
/// HRNet's authors and of mmpose. Persons are known by their indices, and their similarity by a function of two indices: the kept or picked
/// person, and the other. Of equal scores, whose order the official code leaves open, the first person comes first.
/// </remarks>
public static class OksNms
{
    /// <summary>How many persons of an image soft suppression hands on, as in the official code.</summary>
    public const int MaxSoftDetections = 20;

    /// <summary>Keeps a person when its similarity with every kept one of higher score is at most <paramref name="threshold"/>.</summary>
    /// <param name="scores">One a person.</param>
    /// <param name="similarity">OKS of (kept, other).</param>
    /// <param name="threshold">From 0 to 1; 0.9 in the authors' configs.</param>
    /// <returns>Indices of the kept, by falling score.</returns>
    public static int[] Hard(IReadOnlyList<double> scores, Func<int, int, double> similarity, double threshold)
    {
        List<int> kept = [];
        foreach (var person in Enumerable.Range(0, scores.Count).OrderByDescending(person => scores[person]))
        {
            if (kept.TrueForAll(other => similarity(other, person) <= threshold))
                kept.Add(person);
        }
        return [.. kept];
    }

    /// <summary>
    /// Picks the best person again and again, after each pick multiplying the scores of the others by exp(-OKS² / threshold); nobody is dropped
    /// but those behind <paramref name="maxDetections"/>.
    /// </summary>
    /// <param name="scores">One a person.</param>
    /// <param name="similarity">OKS of (picked, other).</param>
    /// <param name="threshold">Above 0; the smaller, the harder.</param>
    /// <param name="maxDetections">How many are picked at most.</param>
    /// <returns>Indices in the order of picking, each with the score that it had when it was picked.</returns>
    public static (int Person, double Score)[] Soft(
        IReadOnlyList<double> scores, Func<int, int, double> similarity, double threshold, int maxDetections = MaxSoftDetections)
    {
        var rest = Enumerable.Range(0, scores.Count).Select(person => (Person: person, Score: scores[person])).ToList();
        List<(int Person, double Score)> picked = [];
        while (rest.Count > 0 && picked.Count < maxDetections)
        {
            var best = rest.MaxBy(candidate => candidate.Score);
            picked.Add(best);
            rest = [.. rest.Where(other => other.Person != best.Person).Select(Lowered)];

            (int, double) Lowered((int Person, double Score) other)
            {
                var overlap = similarity(best.Person, other.Person);
                return (other.Person, other.Score * Math.Exp(-(overlap * overlap) / threshold));
            }
        }
        return [.. picked];
    }
}

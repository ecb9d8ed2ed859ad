using Seg.Models;
using Seg.Predict.Pose;

namespace Seg.Train.Metrics.Keypoints;

/// <summary>Which predicted person stands for which annotated one, to be looked at; what counts for AP is <see cref="ImageMatching"/>'s.</summary>
internal static class PersonPairs
{
    /// <summary>Below this OKS nobody would say that two poses are the same person's.</summary>
    private const double LeastOks = 0.05;

    /// <summary>Pairs those of the highest OKS first; each person is in one pair at most.</summary>
    /// <param name="people">Annotated persons; those without a labelled keypoint have no pair.</param>
    /// <returns>Of each annotated person the index of the found one, −1 for none, and the OKS of both, 0 without one.</returns>
    public static (int Found, double Oks)[] Of(Oks oks, IReadOnlyList<TruePerson> people, IReadOnlyList<Person> found)
    {
        var pairs = Enumerable.Repeat((Found: -1, Oks: 0.0), people.Count).ToArray();
        var candidates =
            from detection in found.Select((person, index) => (Numbers: Oks.JointsOf(person), Index: index))
            from truth in people.Select((person, index) => (Person: person, Index: index))
            let similarity = oks.WithTruth(truth.Person.Keypoints, truth.Person.Area, detection.Numbers)
            where similarity >= LeastOks
            orderby similarity descending, truth.Index, detection.Index
            select (Truth: truth.Index, Found: detection.Index, Similarity: similarity);
        HashSet<int> taken = [];
        foreach (var (truth, detection, similarity) in candidates)
        {
            if (pairs[truth].Found >= 0 || !taken.Add(detection))
                continue;
            pairs[truth] = (detection, similarity);
        }
        return pairs;
    }
}

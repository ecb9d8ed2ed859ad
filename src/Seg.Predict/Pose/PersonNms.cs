using Seg.Models;

namespace Seg.Predict.Pose;

/// <summary>What becomes of the poses of an image's person boxes before they are results: scored by box and keypoints together, then OKS-NMS.</summary>
/// <remarks>
/// <c>COCODataset.evaluate</c> of HRNet's authors (Sun et al., arXiv:1902.09212). A person's score is that of its box times the mean of its keypoint
/// scores above a threshold; its area is that of its box, which in the authors' code is the crop's, 1.25 times as wide and high.
/// </remarks>
public sealed class PersonNms(IReadOnlyList<double> sigmas, PersonNmsOptions options)
{
    private readonly Oks oks = new(sigmas);

    /// <summary>One image's persons, scored by their boxes, as results: by falling score.</summary>
    public Person[] Apply(IReadOnlyList<Person> persons)
    {
        Person[] rescored = [.. persons.Select(Rescored)];
        return [.. Keep([.. rescored.Select(person => (double)person.Score)], [.. rescored.Select(Oks.JointsOf)], [.. rescored.Select(person => (double)person.Box.Area)])
            .Select(index => rescored[index])];
    }

    /// <summary>The box's score times the mean of the keypoint scores above the threshold; 0 where none is.</summary>
    public static double Score(double boxScore, ReadOnlySpan<double> joints, double keypointThreshold)
    {
        var (sum, counted) = (0.0, 0);
        for (var at = 2; at < joints.Length; at += Oks.Stride)
        {
            if (joints[at] <= keypointThreshold)
                continue;
            sum += joints[at];
            counted++;
        }
        return counted == 0 ? 0 : sum / counted * boxScore;
    }

    /// <summary>Indices of the persons that stay, best first.</summary>
    /// <param name="scores">One a person.</param>
    /// <param name="joints">x, y, score of each keypoint in turn, of each person.</param>
    /// <param name="areas">In pixels², one a person.</param>
    public int[] Keep(double[] scores, double[][] joints, double[] areas)
    {
        return options.Soft
            ? [.. OksNms.Soft(scores, Similarity, options.Threshold).Select(pick => pick.Person)]
            : OksNms.Hard(scores, Similarity, options.Threshold);

        double Similarity(int first, int second) => oks.Between(joints[first], areas[first], joints[second], areas[second]);
    }

    private Person Rescored(Person person) => person with { Score = (float)Score(person.Score, Oks.JointsOf(person), options.KeypointThreshold) };
}

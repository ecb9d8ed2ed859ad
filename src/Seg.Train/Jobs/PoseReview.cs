using Seg.Models;
using Seg.Predict.Pose;
using Seg.Predict.Review;
using Seg.Train.Metrics.Keypoints;

namespace Seg.Train.Jobs;

/// <summary>
/// Leaves a review of a pose network's evaluation: each image with its true and its predicted people, and how well they agree. The page is
/// written on disposal, also of one cut short.
/// </summary>
internal sealed class PoseReview : IDisposable
{
    private readonly string root;
    private readonly Oks oks;
    private readonly ReviewWriter writer;

    /// <param name="folder">For the page and its files.</param>
    /// <param name="root">The data set's folder, below which images are named.</param>
    /// <exception cref="InputException">The folder cannot be made, or has a page of its own.</exception>
    public PoseReview(string folder, string model, string root, KeypointSet keypoints)
    {
        (this.root, oks) = (root, new Oks(keypoints.Sigmas));
        writer = new ReviewWriter(folder, new ReviewSubject { Model = model, Keypoints = keypoints });
    }

    public void Add(EvaluatedPeople evaluated) => writer.Add(new ReviewItem
    {
        Name = Path.ChangeExtension(Path.GetRelativePath(root, evaluated.Path), null).Replace(Path.DirectorySeparatorChar, '/'),
        Source = evaluated.Path,
        Image = evaluated.Image,
        Persons = evaluated.Found,
        TruePersons = TruePersons(evaluated),
    });

    public void Dispose() => writer.Finish();

    /// <summary>Those whom somebody is asked to find.</summary>
    private ReviewTruePerson[] TruePersons(EvaluatedPeople evaluated)
    {
        TruePerson[] people = [.. evaluated.True.Where(person => !person.IsIgnored)];
        var pairs = PersonPairs.Of(oks, people, evaluated.Found);
        return [.. people.Zip(pairs, (person, pair) => new ReviewTruePerson(
            [.. person.Keypoints.Chunk(Oks.Stride).Select(point => new LabelledKeypoint((float)point[0], (float)point[1], (int)point[2]))],
            new PersonBox((float)person.Box[0], (float)person.Box[1], (float)person.Box[2], (float)person.Box[3]),
            pair.Found >= 0 ? pair.Found : null,
            pair.Oks,
            Similarities(person, pair.Found >= 0 ? Oks.JointsOf(evaluated.Found[pair.Found]) : null)))];
    }

    private double[] Similarities(TruePerson person, double[]? found) =>
    [
        .. Enumerable.Range(0, oks.Count).Select(joint =>
            person.Keypoints[joint * Oks.Stride + 2] <= 0 ? double.NaN : found is null ? 0 : oks.OfLabelled(joint, person.Keypoints, person.Area, found)),
    ];
}

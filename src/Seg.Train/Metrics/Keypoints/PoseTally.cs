using Seg.Models;
using Seg.Predict.Pose;
using Seg.Train.Datasets.Keypoints;

namespace Seg.Train.Metrics.Keypoints;

/// <summary>Takes in predicted people image by image, and scores them all in the end.</summary>
/// <param name="keypoints">Of prediction and truth.</param>
/// <param name="truth">The annotated people of all images, those whom nobody is asked to find included.</param>
internal sealed class PoseTally(KeypointSet keypoints, IReadOnlyList<TruePerson> truth)
{
    private readonly PersonNms suppression = new(keypoints.Sigmas, new PersonNmsOptions());
    private readonly KeypointErrors errors = new(keypoints.Count);
    private readonly List<PersonAnnotation> measured = [];
    private readonly List<DetectedPerson> detections = [];
    private readonly HashSet<long> leftOut = [];
    private readonly long category = truth.Count > 0 ? truth[0].CategoryId : 1;
    private int images, predictions;

    /// <summary>Adds the people of an image.</summary>
    /// <param name="people">By whose boxes they were predicted.</param>
    /// <param name="predicted">One for one, in image pixels, scored by their boxes.</param>
    public void Add(IReadOnlyList<PersonAnnotation> people, IReadOnlyList<Person> predicted)
    {
        images++;
        predictions += predicted.Count;
        for (var index = 0; index < people.Count; index++)
        {
            if (people[index].Keypoints.Length == 0)
                continue;
            errors.Add(predicted[index].Keypoints, people[index].Keypoints);
            measured.Add(people[index]);
        }
        detections.AddRange(WithoutDoubles(predicted).Select(person => DetectedPerson.Of(person, people[0].ImageId, category)));
    }

    /// <summary>The predicted people of an image, the best first.</summary>
    /// <remarks>As COCODataset.evaluate of HRNet's authors has it: keypoints and box decide together, and of doubles the best stays.</remarks>
    public IReadOnlyList<Person> WithoutDoubles(IReadOnlyList<Person> predicted) => suppression.Apply(predicted);

    /// <summary>Leaves an image out that cannot be read: nobody in it is to be found.</summary>
    public void LeaveOut(IReadOnlyList<PersonAnnotation> people)
    {
        leftOut.Add(people[0].ImageId);
    }

    public PoseScores Scores() => new()
    {
        Keypoints = keypoints,
        Images = images,
        People = predictions,
        Oks = CocoKeypointEvaluator.Evaluate([.. truth.Where(person => !leftOut.Contains(person.ImageId))], detections, keypoints.Sigmas),
        Distances = measured.Count > 0 ? DistanceScores.Of(keypoints, errors, measured) : null,
    };
}

using Seg.Predict.Pose;

namespace Seg.Train.Metrics.Keypoints;

/// <summary>The persons and detections of one category in one image, and which belong together. <c>computeOks</c> and <c>evaluateImg</c> of COCO.</summary>
internal sealed class ImageMatching
{
    /// <summary>Detections of an image that count: COCO's maxDets for keypoints.</summary>
    public const int MaxDetections = 20;

    /// <summary>The highest OKS that is asked for: rounding must not lose an exact hit.</summary>
    private const double HighestOks = 1 - 1e-10;

    private readonly Oks oks;
    private readonly TruePerson[] persons;
    private readonly DetectedPerson[] detections;
    private readonly double[,] similarity;      // of [detection, person]

    /// <param name="persons">In the order of the file.</param>
    /// <param name="detections">Likewise; the best 20 count.</param>
    public ImageMatching(Oks oks, IEnumerable<TruePerson> persons, IEnumerable<DetectedPerson> detections)
    {
        this.oks = oks;
        this.persons = [.. persons];
        this.detections = [.. detections.OrderByDescending(detection => detection.Score).Take(MaxDetections)];
        similarity = new double[this.detections.Length, this.persons.Length];
        for (var detection = 0; detection < this.detections.Length; detection++)
        {
            for (var person = 0; person < this.persons.Length; person++)
                similarity[detection, person] = OksOf(this.persons[person], this.detections[detection].Keypoints);
        }
    }

    /// <summary>The detections that count, by falling score.</summary>
    public IReadOnlyList<DetectedPerson> Detections => detections;

    /// <summary>OKS of a detection, by falling score, with a person, in the order of the file.</summary>
    public double OksOf(int detection, int person) => similarity[detection, person];

    /// <summary>Matches at every OKS threshold, for the persons and detections of an area range.</summary>
    public RangeMatches Match(AreaRange range)
    {
        var isIgnored = Array.ConvertAll(persons, person => person.IsIgnored || !range.Holds(person.Area));
        int[] order = [.. Enumerable.Range(0, persons.Length).OrderBy(person => isIgnored[person])];     // stable: ignored last, else as in the file
        var matched = new long[KeypointCurves.OksThresholds.Count][];
        var ignored = new bool[KeypointCurves.OksThresholds.Count][];
        for (var threshold = 0; threshold < matched.Length; threshold++)
        {
            (matched[threshold], ignored[threshold]) = (new long[detections.Length], new bool[detections.Length]);
            var isTaken = new bool[persons.Length];
            for (var detection = 0; detection < detections.Length; detection++)
            {
                var person = Best(detection, KeypointCurves.OksThresholds[threshold], order, isIgnored, isTaken);
                if (person >= 0)
                {
                    isTaken[person] = true;
                    matched[threshold][detection] = persons[person].Id;
                    ignored[threshold][detection] = isIgnored[person];
                }
                if (matched[threshold][detection] == 0 && !range.Holds(detections[detection].EffectiveArea))
                    ignored[threshold][detection] = true;
            }
        }
        return new RangeMatches(isIgnored.Count(ignore => !ignore), matched, ignored);
    }

    /// <summary>Adds what each joint of each counted person that is found at the lowest threshold adds to its OKS.</summary>
    public void AddJoints(RangeMatches matches, double[] sums, int[] counts)
    {
        var byId = persons.Where(person => !person.IsIgnored).GroupBy(person => person.Id).ToDictionary(group => group.Key, group => group.First());
        for (var detection = 0; detection < detections.Length; detection++)
        {
            if (!byId.TryGetValue(matches.Matched[0][detection], out var person) || matches.Matched[0][detection] == 0)
                continue;
            for (var joint = 0; joint < oks.Count; joint++)
            {
                if (oks.OfLabelled(joint, person.Keypoints, person.Area, detections[detection].Keypoints) is var similarity && double.IsNaN(similarity))
                    continue;
                sums[joint] += similarity;
                counts[joint]++;
            }
        }
    }

    /// <summary>The free person with the greatest OKS, of equal ones the last; -1 for none. A counted one is never left for an ignored one.</summary>
    private int Best(int detection, double threshold, int[] order, bool[] isIgnored, bool[] isTaken)
    {
        var (best, least) = (-1, Math.Min(threshold, HighestOks));
        foreach (var person in order)
        {
            if (isTaken[person] && !persons[person].IsCrowd)
                continue;
            if (best >= 0 && !isIgnored[best] && isIgnored[person])
                break;
            if (similarity[detection, person] < least)
                continue;
            (best, least) = (person, similarity[detection, person]);
        }
        return best;
    }

    /// <summary>
    /// The mean over the labelled keypoints; without any, over all keypoints by their distance from the box enlarged by its own size on every side.
    /// </summary>
    private double OksOf(TruePerson person, double[] detected)
    {
        if (oks.WithTruth(person.Keypoints, person.Area, detected) is var similarity && !double.IsNaN(similarity))
            return similarity;
        var sum = 0.0;
        double left = person.Box[0] - person.Box[2], right = person.Box[0] + person.Box[2] * 2;
        double top = person.Box[1] - person.Box[3], bottom = person.Box[1] + person.Box[3] * 2;
        for (var joint = 0; joint < oks.Count; joint++)
        {
            var x = Outside(detected[joint * Oks.Stride], left, right);
            var y = Outside(detected[joint * Oks.Stride + 1], top, bottom);
            sum += oks.OfJoint(joint, x * x + y * y, person.Area);
        }
        return sum / oks.Count;
    }

    private static double Outside(double value, double least, double most) => Math.Max(0, least - value) + Math.Max(0, value - most);
}

using Seg.Models;

namespace Seg.Predict.Pose;

/// <summary>Takes the shaking out of the keypoints of tracked persons, one <see cref="OneEuroFilter"/> a coordinate.</summary>
/// <param name="frameRate">Frames a second.</param>
/// <param name="timeOut">Frames after which a person who is not seen is forgotten.</param>
public sealed class PoseSmoother(double frameRate, int timeOut, OneEuroOptions? options = null)
{
    private readonly OneEuroOptions options = options ?? new OneEuroOptions();
    private readonly Dictionary<int, History> histories = [];
    private int frame;

    /// <summary>The persons of the next frame, in their order, with smoothed keypoints.</summary>
    /// <param name="persons">Each with a track.</param>
    public Person[] Next(IReadOnlyList<Person> persons)
    {
        frame++;
        foreach (var (id, history) in histories)
        {
            if (frame - history.LastFrame > timeOut)
                histories.Remove(id);
        }
        return [.. persons.Select(Smooth)];
    }

    private Person Smooth(Person person)
    {
        if (person.TrackId is not { } id)
            throw new ArgumentException("A person without a track cannot be smoothed: nobody knows where it was before.", nameof(person));
        if (!histories.TryGetValue(id, out var history))
            histories[id] = history = new History(person.Keypoints.Length);
        var seconds = Math.Max(1, frame - history.LastFrame) / frameRate;
        var unit = SizeOf(person);
        history.LastFrame = frame;
        return person with
        {
            Keypoints = [.. person.Keypoints.Select((keypoint, index) => Smooth(keypoint, ref history.Filters[index], seconds, unit))],
        };
    }

    private Keypoint Smooth(Keypoint keypoint, ref (OneEuroFilter X, OneEuroFilter Y) filters, double seconds, double unit)
    {
        if (keypoint.Score < options.KeypointThreshold)
        {
            filters = default;
            return keypoint;
        }
        return keypoint with
        {
            X = (float)filters.X.Next(keypoint.X, seconds, unit, options),
            Y = (float)filters.Y.Next(keypoint.Y, seconds, unit, options),
        };
    }

    /// <summary>Extent of the keypoints that are sure, in pixels; at least 1.</summary>
    private double SizeOf(Person person)
    {
        var sure = person.Keypoints.Where(keypoint => keypoint.Score >= options.KeypointThreshold).ToList();
        if (sure.Count == 0)
            return 1;
        var width = sure.Max(keypoint => keypoint.X) - sure.Min(keypoint => keypoint.X);
        var height = sure.Max(keypoint => keypoint.Y) - sure.Min(keypoint => keypoint.Y);
        return Math.Max(1, Math.Max(width, height));
    }

    /// <summary>What is known of one person.</summary>
    private sealed class History(int keypoints)
    {
        public (OneEuroFilter X, OneEuroFilter Y)[] Filters { get; } = new (OneEuroFilter, OneEuroFilter)[keypoints];

        public int LastFrame { get; set; }
    }
}

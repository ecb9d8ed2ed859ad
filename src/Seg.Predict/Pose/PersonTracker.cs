using Seg.Models;

namespace Seg.Predict.Pose;

/// <summary>Gives each person of a video a number that it keeps: by the similarity of poses in frames that follow each other.</summary>
/// <remarks>
/// Greedy matching by OKS, as in Xiao et al., "Simple Baselines for Human Pose Estimation and Tracking", arXiv:1804.06208, without its
/// optical flow: the most similar pair of a known person and a new pose is matched first. Persons who are hidden for a while are found
/// again by their last pose. The numbers, from 1 on, depend on the frames alone.
/// </remarks>
public sealed class PersonTracker(IReadOnlyList<double> sigmas, PersonTrackerOptions? options = null)
{
    /// <summary>Least side of a person whose keypoints have no extent, in pixels: below it COCO calls what it shows small.</summary>
    private const float LeastSide = 32;

    private readonly PersonTrackerOptions options = options ?? new PersonTrackerOptions();
    private readonly Oks oks = new(sigmas);
    private readonly List<Track> tracks = [];
    private int frame, lastId;

    /// <summary>The persons of the next frame, in their order, with the numbers of their tracks.</summary>
    public Person[] Next(IReadOnlyList<Person> persons)
    {
        frame++;
        tracks.RemoveAll(track => frame - track.LastFrame > options.TimeOut);
        double[][] joints = [.. persons.Select(Oks.JointsOf)];
        var owners = Match(persons, joints);
        for (var index = 0; index < persons.Count; index++)
        {
            if (owners[index] is not { } track)
                tracks.Add(owners[index] = track = new Track(++lastId));
            (track.Joints, track.Area, track.LastFrame) = (joints[index], Area(persons[index].Box), frame);
        }
        return [.. persons.Select((person, index) => person with { TrackId = owners[index]!.Id })];
    }

    /// <summary>For each person the track that it goes on; null where it is new.</summary>
    private Track?[] Match(IReadOnlyList<Person> persons, double[][] joints)
    {
        List<(double Similarity, Track Track, int Person)> pairs = [];
        foreach (var track in tracks)
        {
            for (var index = 0; index < persons.Count; index++)
            {
                var similarity = oks.Between(
                    track.Joints, track.Area, joints[index], Area(persons[index].Box), options.KeypointThreshold, OksVisibility.BothPersons);
                if (similarity >= options.MinSimilarity)
                    pairs.Add((similarity, track, index));
            }
        }
        var owners = new Track?[persons.Count];
        HashSet<Track> taken = [];
        var ranked = pairs.OrderByDescending(pair => pair.Similarity).ThenBy(pair => pair.Track.Id).ThenBy(pair => pair.Person);
        foreach (var (_, track, person) in ranked)
        {
            if (owners[person] is null && taken.Add(track))
                owners[person] = track;
        }
        return owners;
    }

    /// <summary>
    /// In pixels². A box around one keypoint, or around keypoints on a line, has no area, against which every move would be far: such a person would be
    /// somebody new in each frame.
    /// </summary>
    private static float Area(PersonBox box) => box.Area >= 1 ? box.Area : Math.Max(box.Width, LeastSide) * Math.Max(box.Height, LeastSide);

    /// <summary>A person as it was seen last.</summary>
    private sealed class Track(int id)
    {
        public int Id => id;

        public double[] Joints { get; set; } = [];

        /// <summary>In pixels².</summary>
        public double Area { get; set; }

        public int LastFrame { get; set; }
    }
}

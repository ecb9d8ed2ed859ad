namespace Seg.Models.Codecs;

/// <summary>Non-maximum suppression of poses by the keypoints that they share: DEKR's authors' <c>nms_core</c>.</summary>
/// <remarks>
/// Geng et al., arXiv:2104.02300. A keypoint is shared when it lies within a share of the first person's diagonal. In turn each person that is left takes
/// all who share enough keypoints with it, and the best of them stays. A person without extent, such as one of a single keypoint, at which the authors' code
/// fails, is taken for one of <see cref="LeastSide"/>.
/// </remarks>
internal static class PoseSuppression
{
    /// <summary>Sides of a person whose keypoints lie in one place, in input pixels: without any, nobody would share a keypoint with it.</summary>
    private const float LeastSide = 32;

    /// <param name="persons">Each with what it is ranked by.</param>
    /// <param name="distance">Share of the diagonal, above 0.</param>
    /// <param name="shared">Persons that share more keypoints than this are one.</param>
    /// <returns>Indices of those that stay.</returns>
    public static IReadOnlyList<int> Keep(IReadOnlyList<(ScenePose Pose, float Heat)> persons, double distance, int shared)
    {
        List<int> kept = [];
        HashSet<int> dropped = [];
        for (var person = 0; person < persons.Count; person++)
        {
            if (dropped.Contains(person))
                continue;
            int[] group = [.. Enumerable.Range(0, persons.Count).Where(other => Shared(persons[person].Pose, persons[other].Pose, distance) > shared)];
            if (group.Length == 0)
                group = [person];
            var best = group.MaxBy(other => persons[other].Heat);
            if (dropped.Contains(best))
                continue;
            kept.Add(best);
            dropped.UnionWith(group);
        }
        return kept;
    }

    private static int Shared(ScenePose first, ScenePose second, double distance)
    {
        float width = Extent(first, keypoint => keypoint.X), height = Extent(first, keypoint => keypoint.Y);
        if (width == 0 && height == 0)
            (width, height) = (LeastSide, LeastSide);
        var limit = (float)distance * MathF.Sqrt(width * width + height * height);
        var count = 0;
        for (var keypoint = 0; keypoint < first.Keypoints.Length; keypoint++)
        {
            var (x, y) = (first.Keypoints[keypoint].X - second.Keypoints[keypoint].X, first.Keypoints[keypoint].Y - second.Keypoints[keypoint].Y);
            if (MathF.Sqrt(x * x + y * y) < limit)
                count++;
        }
        return count;
    }

    private static float Extent(ScenePose pose, Func<Keypoint, float> axis) => pose.Keypoints.Max(axis) - pose.Keypoints.Min(axis);
}

namespace Seg.Models.Configuration;

/// <summary>A set of keypoints as a user writes it, by name: the files of configs/keypoints.</summary>
public sealed record KeypointSetConfig : IChecked
{
    /// <summary>Where the sets stand that have a bare name.</summary>
    public const string Folder = "configs/keypoints";

    /// <summary>What messages call a set.</summary>
    public const string Kind = "a keypoint set";

    /// <summary>The keypoints, in the order of the annotations and of the network's output channels; at least one.</summary>
    public required KeypointEntry[] Keypoints { get; init; }

    /// <summary>
    /// The limbs that a skeleton is drawn of, each by the names of its two ends: <c>[[left_ankle, left_knee]]</c>. Default: none.
    /// </summary>
    public string[][] Skeleton { get; init; } = [];

    /// <summary>
    /// The keypoints above the hips; the others are the lower body. Training crops around one half at times. Default: none, and bodies stay
    /// whole.
    /// </summary>
    public string[] UpperBody { get; init; } = [];

    public IEnumerable<ConfigFault> Faults()
    {
        if (Keypoints.Length == 0)
            yield return new(nameof(Keypoints), "is an empty list; there must be at least one keypoint");
        if (Keypoints.GroupBy(entry => entry.Name).FirstOrDefault(group => group.Count() > 1) is { } doubled)
            yield return new(nameof(Keypoints), $"names '{doubled.Key}' {doubled.Count()} times; each keypoint needs a name of its own");
        else if (Keypoints.Select(MirrorFault).OfType<string>().FirstOrDefault() is { } fault)
            yield return new(nameof(Keypoints), fault);
        if (Skeleton.FirstOrDefault(limb => limb.Length != 2 || limb[0] == limb[1]) is { } noLimb)
            yield return new(nameof(Skeleton), $"has [{string.Join(", ", noLimb)}]; a limb is the names of two keypoints");
        else if (Skeleton.SelectMany(limb => limb).FirstOrDefault(name => IndexOf(name) < 0) is { } unknown)
            yield return new(nameof(Skeleton), Unknown(unknown));
        if (UpperBody.FirstOrDefault(name => IndexOf(name) < 0) is { } noKeypoint)
            yield return new(nameof(UpperBody), Unknown(noKeypoint));
        else if (UpperBody.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            yield return new(nameof(UpperBody), $"names '{twice.Key}' {twice.Count()} times");
    }

    /// <summary>
    /// Reads a set that a user named: <c>coco</c>, <c>mpii</c>, <c>lsp</c> (of configs/keypoints), or the path of a file of its kind.
    /// </summary>
    /// <exception cref="InputException">There is none of this name, or the file is faulty.</exception>
    public static KeypointSetConfig Read(string name) => ConfigReader.Read<KeypointSetConfig>(ConfigReader.Find(name, Folder, Kind));

    /// <summary>The same by indices, as networks, data sets and drawings use it.</summary>
    public KeypointSet ToKeypointSet() => new()
    {
        Names = [.. Keypoints.Select(entry => entry.Name)],
        Skeleton = [.. Skeleton.Select(limb => new[] { IndexOf(limb[0]), IndexOf(limb[1]) })],
        FlipPairs =
        [
            .. Keypoints.Select((entry, index) => new[] { index, entry.Mirror is null ? index : IndexOf(entry.Mirror) })
                .Where(pair => pair[0] < pair[1]),
        ],
        UpperBody = [.. UpperBody.Select(IndexOf)],
        Sigmas = [.. Keypoints.Select(entry => entry.Sigma)],
        Colors = [.. Keypoints.Select(entry => entry.Color)],
    };

    private string? MirrorFault(KeypointEntry entry)
    {
        if (entry.Mirror is not { } mirror)
            return null;
        if (IndexOf(mirror) is var index && index < 0)
            return Unknown(mirror);
        if (Keypoints[index].Mirror == entry.Name)
            return null;
        var other = Keypoints[index].Mirror is { } third ? $"whose mirror is {third}" : "which has no mirror";
        return $"gives {entry.Name} the mirror {mirror}, {other}; two keypoints that change places name each other";
    }

    private int IndexOf(string name) => Array.FindIndex(Keypoints, entry => entry.Name == name);

    private string Unknown(string name) =>
        $"names '{name}', which is no keypoint; {ConfigNames.Suggest(name, [.. Keypoints.Select(entry => entry.Name)])}";
}

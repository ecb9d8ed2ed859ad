namespace Seg.Train.Metrics.Keypoints;

/// <summary>What was found of an image's persons of an area range.</summary>
/// <param name="Counted">Persons that were to be found.</param>
/// <param name="Matched">[threshold][detection by falling score]: the id of the annotation that it found; 0 for none.</param>
/// <param name="Ignored">Likewise: whether the detection is neither right nor wrong.</param>
internal sealed record RangeMatches(int Counted, long[][] Matched, bool[][] Ignored);

using Seg.Models;

namespace Seg.Train.Datasets.Keypoints;

/// <summary>People of images that may be faulty or vanish: the next person is read in the place of such a one, and each is told once.</summary>
internal sealed class TolerantKeypointDataset(IKeypointDataset dataset) : IKeypointDataset
{
    private readonly FaultTolerance faults = new(dataset.Count, "people");

    public int Count => dataset.Count;

    public KeypointSet Keypoints => dataset.Keypoints;

    public bool HasKeypoints => dataset.HasKeypoints;

    public PersonAnnotation Person(int index) => dataset.Person(index);

    public string Name(int index) => dataset.Name(index);

    /// <summary>The person, or the next one who can be read.</summary>
    /// <exception cref="InputException">More than a tenth of the people is faulty.</exception>
    public PersonSample Read(int index) => faults.Read(index, dataset.Read, dataset.Name);

    /// <inheritdoc/>
    /// <exception cref="InputException">More than a tenth of the people is faulty.</exception>
    public PersonSample? ReadOrSkip(int index) => faults.ReadOrSkip(index, dataset.Read);

    /// <summary>What is wrong with those who have turned out faulty since the last call, one line each.</summary>
    public IReadOnlyList<string> TakeUntold() => faults.TakeUntold();
}

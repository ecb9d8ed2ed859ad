using Seg.Models;

namespace Seg.Train.Datasets.Keypoints;

/// <summary>People of images that may be faulty or vanish: the next person is read in the place of such a one, and each is told once.</summary>
/// <remarks>Who stands in for whom depends on the files alone, so that batches are still the same for any number of threads.</remarks>
internal sealed class TolerantKeypointDataset(IKeypointDataset dataset) : IKeypointDataset
{
    private readonly FaultTolerance faults = new(dataset.Count, "people");

    public int Count => dataset.Count;

    public KeypointSet Keypoints => dataset.Keypoints;

    public bool HasKeypoints => dataset.HasKeypoints;

    /// <summary>People who could not be read so far.</summary>
    public int Faulty => faults.Faulty;

    public PersonAnnotation Person(int index) => dataset.Person(index);

    public string Name(int index) => dataset.Name(index);

    /// <summary>The person, or the next one who can be read.</summary>
    /// <exception cref="InputException">More than a tenth of the people is faulty.</exception>
    public PersonSample Read(int index)
    {
        for (var offset = 0; offset < Count; offset++)
        {
            if (ReadOrSkip((index + offset) % Count) is { } sample)
                return sample;
        }
        throw new InputException($"None of the {Count} people beside '{Name(index)}' can be read.");
    }

    /// <inheritdoc/>
    /// <exception cref="InputException">More than a tenth of the people is faulty.</exception>
    public PersonSample? ReadOrSkip(int index)
    {
        if (!faults.IsSound(index))
            return null;
        try
        {
            return dataset.Read(index);
        }
        catch (InputException error)
        {
            faults.Remember(index, error);
            return null;
        }
    }

    /// <summary>What is wrong with those who have turned out faulty since the last call, one line each.</summary>
    public IReadOnlyList<string> TakeUntold() => faults.TakeUntold();
}

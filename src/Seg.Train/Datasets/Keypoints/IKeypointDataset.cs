using Seg.Models;

namespace Seg.Train.Datasets.Keypoints;

/// <summary>People in images, one an item, in a fixed order in which people of one image follow each other. Several threads may read at a time.</summary>
public interface IKeypointDataset
{
    /// <summary>People; more than images, as a rule.</summary>
    int Count { get; }

    /// <summary>The keypoints, in the order of the annotations.</summary>
    KeypointSet Keypoints { get; }

    /// <summary>Whether people have keypoints; a detector's boxes have none.</summary>
    bool HasKeypoints { get; }

    /// <summary>What is known of an item, without its image.</summary>
    PersonAnnotation Person(int index);

    /// <summary>What messages and previews call an item: its image's path, and the person's annotation id.</summary>
    string Name(int index);

    /// <summary>One person with the image.</summary>
    /// <exception cref="InputException">The image is unreadable, or not of the size for which the annotations were made.</exception>
    PersonSample Read(int index);

    /// <summary>As <see cref="Read"/>; null where the image is faulty, and faulty ones are to be left out.</summary>
    PersonSample? ReadOrSkip(int index) => Read(index);
}

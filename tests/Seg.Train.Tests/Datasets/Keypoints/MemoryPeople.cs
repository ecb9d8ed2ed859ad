using OpenCvSharp;
using Seg.Models;
using Seg.Models.Configuration;
using Seg.Train.Datasets.Keypoints;

namespace Seg.Train.Tests.Datasets.Keypoints;

/// <summary>People made on demand in pictures of noise; one may be faulty.</summary>
internal sealed class MemoryPeople(int count, int faulty = -1, Exception? fault = null) : IKeypointDataset
{
    private readonly Mat[] images = [.. Enumerable.Range(0, count).Select(index => Pictures.Noise(60, 50, index))];

    /// <summary>The set of <see cref="ExamplePeople"/>.</summary>
    public static KeypointSet Set { get; } = ConfigReader.Parse<KeypointSetConfig>(ExamplePeople.KeypointSet, "test.yaml").ToKeypointSet();

    public int Count => count;

    public KeypointSet Keypoints => Set;

    public bool HasKeypoints { get; init; } = true;

    public string Name(int index) => $"memory/{index}.png, annotation {index}";

    public PersonAnnotation Person(int index) => new()
    {
        ImagePath = $"memory/{index}.png",
        ImageId = index,
        AnnotationId = index,
        Box = new(10 + index % 5, 8, 20, 30),
        Keypoints = [new(20, 12, 2), new(28, 20, 2), new(12, 21, 1), new(25, 36, 2), default],
        Area = 400,
    };

    public PersonSample Read(int index)
    {
        if (index == faulty)
            throw fault ?? new InputException($"'{Name(index)}' is faulty.");
        return new(images[index][new Rect(0, 0, 60, 50)], Person(index));
    }
}

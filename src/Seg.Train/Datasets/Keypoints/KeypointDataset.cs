using OpenCvSharp;
using Seg.Models;
using Seg.Predict.Imaging;

namespace Seg.Train.Datasets.Keypoints;

/// <summary>People of annotation files, with decoded images kept as far as memory for them is given.</summary>
internal sealed class KeypointDataset : IKeypointDataset, IDisposable
{
    private readonly IReadOnlyList<PersonAnnotation> people;
    private readonly string[] paths;
    private readonly int[] imageOf;
    private readonly MatCache cache;
    private readonly Func<int, Mat[]> readImage;

    /// <param name="people">Those of one image follow each other.</param>
    /// <param name="cacheBytes">Memory for decoded images; 0 keeps none.</param>
    public KeypointDataset(IReadOnlyList<PersonAnnotation> people, KeypointSet keypoints, bool hasKeypoints, long cacheBytes)
    {
        (this.people, Keypoints, HasKeypoints) = (people, keypoints, hasKeypoints);
        Dictionary<string, int> places = [];
        imageOf = [.. people.Select(person => places.TryAdd(person.ImagePath, places.Count) ? places.Count - 1 : places[person.ImagePath])];
        paths = [.. places.Keys];
        cache = new MatCache(cacheBytes);
        readImage = image => [ImageFile.ReadColor(paths[image])];
    }

    public int Count => people.Count;

    public KeypointSet Keypoints { get; }

    public bool HasKeypoints { get; }

    public PersonAnnotation Person(int index) => people[index];

    public string Name(int index) => $"{people[index].ImagePath}, {(HasKeypoints ? "annotation" : "detection")} {people[index].AnnotationId}";

    public PersonSample Read(int index)
    {
        var person = people[index];
        var image = cache.Read(imageOf[index], readImage)[0];
        if (person.ImageSize is { } size && size != (image.Cols, image.Rows))
        {
            var fault = AnnotationFaults.OfSize(person, size, (image.Cols, image.Rows)).Message;
            image.Dispose();
            throw new InputException(fault);
        }
        return new PersonSample(image, person);
    }

    public void Dispose() => cache.Dispose();
}

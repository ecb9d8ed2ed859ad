using Seg.Models;
using Seg.Predict.Imaging;
using Seg.Train.Datasets.Keypoints;
using Seg.Train.Synthesis;
using Seg.Train.Transforms;

namespace Seg.Train.Jobs;

/// <summary>
/// Makes a data set of pictures with several people of one whose images show one or a few: what <c>seg data mosaic</c> does. Its files lie as those of the data it is
/// made of, so that the same <c>data:</c> section reads it with another root.
/// </summary>
public static class MosaicJob
{
    private const int IdsPerSplit = 1_000_000;

    /// <returns>How many pictures and how many people with keypoints each split has got.</returns>
    /// <param name="progress">Told how many pictures of the split are done, and of how many; from any thread.</param>
    /// <exception cref="InputException">The data are faulty, or not in COCO's form; or the folder is their own.</exception>
    public static IReadOnlyList<MosaicSplit> Run(
        MosaicRequest request, Action<int, int>? progress = null, CancellationToken cancellation = default)
    {
        request.Check();
        if (request.Config.Data is not PoseDataConfig data)
            throw new InputException("Only data with keypoints can become pictures of several people; the config's data: section is of another kind.");
        var root = Path.GetFullPath(request.Out);
        if (root == Path.GetFullPath(data.Root))
            throw new InputException($"--out is '{request.Out}', the folder of the data themselves, whose files would be written over; give another one.");
        var target = data with { Root = root };
        if (request.Splits.GroupBy(split => KeypointDatasetFactory.AnnotationPath(target, split)).FirstOrDefault(group => group.Count() > 1) is { } same)
            throw new InputException($"The splits {string.Join(" and ", same)} are the same file, '{same.Key}'; name one of them with --split.");
        // All splits are read before anything is written.
        var splits = request.Splits.Select(split => (Name: split, Scenes: KeypointDatasetFactory.CreateScenes(data, split, withPeople: true))).ToArray();
        try
        {
            return [.. splits.Select((split, place) => Write(request, target, split.Name, split.Scenes, place, progress, cancellation))];
        }
        finally
        {
            foreach (var (_, scenes) in splits)
                scenes.Dispose();
        }
    }

    private static MosaicSplit Write(
        MosaicRequest request, PoseDataConfig target, string split, SceneDataset scenes, int place, Action<int, int>? progress, CancellationToken cancellation)
    {
        var (folder, annotations) = (KeypointDatasetFactory.ImageFolder(target, split), KeypointDatasetFactory.AnnotationPath(target, split));
        SceneFiles.MakeFolder(folder);
        SceneFiles.MakeFolder(Path.GetDirectoryName(annotations)!);
        SceneMosaic mosaic = new(request.Rows, request.Columns, request.Width, request.Height, scenes.Keypoints.Count);
        var groups = Enumerable.Range(0, request.Copies)
            .SelectMany(copy => SplitMix64.For(request.Seed, place, -1 - copy).Permutation(scenes.Count).Chunk(mosaic.Cells)).ToArray();
        var pictures = new WrittenPicture[groups.Length];
        var done = 0;
        ParallelWork.Run(Environment.ProcessorCount, groups.Length, cancellation, index =>
        {
            var id = place * IdsPerSplit + index + 1;
            var name = $"{id:000000000000}.jpg";
            SceneSample[] members = [.. groups[index].Select(scenes.Read)];
            var (picture, people) = mosaic.Compose(members, SplitMix64.For(request.Seed, place, index));
            using (picture)
                ImageFile.Write(Path.Combine(folder, name), picture);
            foreach (var member in members)
                member.Dispose();
            pictures[index] = new WrittenPicture(id, name, request.Width, request.Height, people);
            progress?.Invoke(Interlocked.Increment(ref done), groups.Length);
        });
        var description = $"Pictures of {request.Columns} x {request.Rows} images, seed {request.Seed}";
        new CocoKeypointWriter(description, scenes.Keypoints.Names, scenes.Keypoints.Skeleton).Write(annotations, pictures);
        return new(split, pictures.Length, pictures.Sum(picture => picture.People.Count(person => person.Keypoints.Any(keypoint => keypoint.IsLabelled))));
    }
}

using Seg.Train.Checks;

namespace Seg.Train.Datasets.Keypoints;

/// <summary>The images of a COCO file by their ids.</summary>
internal sealed class CocoImages
{
    private readonly Dictionary<long, Entry> byId = [];

    /// <param name="path">The file of annotations, for messages.</param>
    /// <param name="folder">Where images lie.</param>
    /// <param name="faults">Receives what is wrong with the list.</param>
    public CocoImages(CocoKeypointImage[] images, string path, string folder, List<DataFault> faults)
    {
        for (var place = 0; place < images.Length; place++)
        {
            if (images[place] is not { Id: { } id, FileName: { } name } image)
            {
                faults.Add(new(FaultKinds.BadAnnotation, $"'{path}' has an image, number {place} from 0, without id or file_name.") { File = path });
                continue;
            }
            (int, int)? size = image is { Width: > 0 and <= int.MaxValue and var width, Height: > 0 and <= int.MaxValue and var height }
                ? ((int)width, (int)height) : null;
            if (!byId.TryAdd(id, new(Path.Combine(folder, name), place, size)))
                faults.Add(new(KeypointFaultKinds.DoubledId, $"'{path}' gives the id {id} to two images, the second one '{name}'.") { File = path });
        }
    }

    public int Count => byId.Count;

    /// <summary>In the order of the file, with their ids.</summary>
    public IEnumerable<(long Id, Entry Image)> All => byId.Select(entry => (entry.Key, entry.Value)).OrderBy(entry => entry.Value.Place);

    /// <summary>null where the file lists no such image.</summary>
    public Entry? Find(long id) => byId.GetValueOrDefault(id);

    /// <param name="Path">Of the image.</param>
    /// <param name="Place">Among the images, from 0.</param>
    /// <param name="Size">In pixels, as the file says; null where it does not.</param>
    internal sealed record Entry(string Path, int Place, (int Width, int Height)? Size);
}

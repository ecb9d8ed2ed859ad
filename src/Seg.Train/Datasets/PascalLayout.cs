using Seg.Models;
using Seg.Predict.Imaging;
using Seg.Train.Checks;

namespace Seg.Train.Datasets;

/// <summary>
/// The layout of PASCAL VOC: JPEGImages/ID.jpg, a folder of masks ID.png, and a list of IDs for each split in ImageSets.
/// </summary>
/// <remarks>
/// The root is the folder that holds JPEGImages, such as VOCdevkit/VOC2012. <c>splits: { train: train_aug }</c> names another list, and
/// <c>mask_folder: SegmentationClassAug</c> another folder of masks.
/// </remarks>
/// <param name="published">Name of the published class list.</param>
/// <param name="masks">The folder of masks where the config names none.</param>
/// <param name="lists">The folder of lists below ImageSets.</param>
internal sealed class PascalLayout(string published, string masks, string lists) : DataLayout
{
    private const string ImageFolder = "JPEGImages", ListFolder = "ImageSets";

    public override bool TakesClasses => published == "pascal_voc";

    public override ClassTable Classes(SegmentationDataConfig config) =>
        ConfiguredClasses.Find(config, readDefaultFile: false) ?? ClassTable.Published(published);

    public override SplitListing List(SegmentationDataConfig config, string split)
    {
        string imageFolder = Path.Combine(config.Root, ImageFolder), maskFolder = Path.Combine(config.Root, config.MaskFolder ?? masks);
        List<DataFault> faults = [];
        var images = PairFinder.ByStem(imageFolder, "images", path => Path.GetFileName(path), faults) ?? [];
        var files = PairFinder.ByStem(maskFolder, "masks", path => Path.GetFileName(path), faults) ?? [];
        List<SamplePaths> samples = [];
        foreach (var id in ReadList(config, split, faults))
        {
            var image = images.GetValueOrDefault(id);
            var mask = files.GetValueOrDefault(id);
            var list = Path.Combine(config.Root, ListFolder, lists, $"{Folder(config, split)}.txt");
            if (image is null && images.Count > 0)
                faults.Add(new(FaultKinds.ListedFileMissing, $"'{list}' lists '{id}', but there is no such image in '{imageFolder}'.") { File = list });
            else if (image is not null && mask is null && files.Count > 0)
                faults.Add(new(FaultKinds.MissingMask, $"The image '{image}' has no mask: there is no '{id}' in '{maskFolder}'.") { File = image });
            else if (image is not null && mask is not null)
                samples.Add(new(image, mask));
        }
        return new SplitListing(samples, faults);
    }

    private IReadOnlyList<string> ReadList(SegmentationDataConfig config, string split, List<DataFault> faults)
    {
        var path = Path.Combine(config.Root, ListFolder, lists, $"{Folder(config, split)}.txt");
        if (!File.Exists(path))
        {
            faults.Add(new(FaultKinds.MissingFolder, $"There is no list '{path}' of the images in '{split}'.") { File = path });
            return [];
        }
        // "ID", or "ID 1" where a list says whether an object is there; some tools write whole paths.
        string[] ids =
        [
            .. File.ReadLines(path).Select(line => line.Trim()).Where(line => line.Length > 0)
                .Select(line => IdOf(line.Split([' ', '\t'], 2)[0])).Distinct(),
        ];
        if (ids.Length == 0)
            faults.Add(new(FaultKinds.EmptySplit, $"The list '{path}' names no images.") { File = path });
        return ids;
    }

    /// <summary>A listed name or path without folder and extension; an ID may hold a dot of its own.</summary>
    private static string IdOf(string listed)
    {
        var name = Path.GetFileName(listed);
        return ImageFile.Extensions.Contains(Path.GetExtension(name).ToLowerInvariant()) ? Path.GetFileNameWithoutExtension(name) : name;
    }
}

using Seg.Models;

namespace Seg.Train.Datasets;

/// <summary>
/// Cityscapes (Cordts et al., arXiv:1604.01685): leftImg8bit/SPLIT/CITY/…_leftImg8bit.png and gtFine/SPLIT/CITY/…_gtFine_labelIds.png.
/// </summary>
/// <remarks>Ids, names, colours and which classes count are those of cityscapesScripts (helpers/labels.py).</remarks>
internal static class CityscapesLayout
{
    private const string ImageEnding = "_leftImg8bit.png", MaskEnding = "_gtFine_labelIds.png";

    /// <summary>Label ids 0 … 33 are in use; 255 is how a mask of 8 bits stores −1, the licence plates.</summary>
    private const int Ids = 34, LicencePlate = 255;

    public static LabelSet Labels { get; } = new()
    {
        Names =
        [
            "road", "sidewalk", "building", "wall", "fence", "pole", "traffic light", "traffic sign", "vegetation", "terrain", "sky",
            "person", "rider", "car", "truck", "bus", "train", "motorcycle", "bicycle",
        ],
        Colors =
        [
            new(128, 64, 128), new(244, 35, 232), new(70, 70, 70), new(102, 102, 156), new(190, 153, 153), new(153, 153, 153),
            new(250, 170, 30), new(220, 220, 0), new(107, 142, 35), new(152, 251, 152), new(70, 130, 180), new(220, 20, 60), new(255, 0, 0),
            new(0, 0, 142), new(0, 0, 70), new(0, 60, 100), new(0, 80, 100), new(0, 0, 230), new(119, 11, 32),
        ],
    };

    /// <summary>The label id of each class.</summary>
    public static IReadOnlyList<int> LabelIds { get; } = [7, 8, 11, 12, 13, 17, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 31, 32, 33];

    /// <summary>Masks hold label ids; those that are not evaluated are ignored.</summary>
    public static MaskEncoding Encoding { get; } =
        new(LabelIds, [.. Enumerable.Range(0, Ids).Except(LabelIds), LicencePlate], Labels.IgnoreIndex);

    /// <summary>The test split has no public labels; without masks it is opened without. Every other split needs them.</summary>
    public static ISegmentationDataset Open(string root, string split)
    {
        string imageFolder = Path.Combine(root, "leftImg8bit", split), maskFolder = Path.Combine(root, "gtFine", split);
        var images = PairFinder.Files(imageFolder, "images").Where(file => file.EndsWith(ImageEnding, StringComparison.Ordinal)).ToArray();
        if (images.Length == 0)
            throw new InputException($"The folder '{imageFolder}' holds no images: none of its files ends in '{ImageEnding}'.");
        var samples = images.Select(image => new SamplePaths(image, MaskOf(image, imageFolder, maskFolder))).ToArray();
        if (split == "test" && !samples.Any(sample => File.Exists(sample.Mask)))
            return new PairedDataset([.. samples.Select(sample => sample with { Mask = null })], Labels, Encoding);
        var alone = samples.Where(sample => !File.Exists(sample.Mask)).ToArray();
        if (alone.Length > 0)
        {
            var more = alone.Length > 1 ? $" {alone.Length - 1} more images have none either." : "";
            throw new InputException(
                $"The image '{alone[0].Image}' has no mask: there is no '{alone[0].Mask}'. Add it or remove the image.{more}");
        }
        return new PairedDataset(samples, Labels, Encoding);
    }

    private static string MaskOf(string image, string imageFolder, string maskFolder) =>
        Path.Combine(maskFolder, string.Concat(Path.GetRelativePath(imageFolder, image).AsSpan()[..^ImageEnding.Length], MaskEnding));
}

using Seg.Train.Checks;

namespace Seg.Train.Datasets;

/// <summary>
/// Cityscapes (Cordts et al., arXiv:1604.01685): leftImg8bit/SPLIT/CITY/…_leftImg8bit.png and gtFine/SPLIT/CITY/…_gtFine_labelIds.png.
/// </summary>
internal sealed class CityscapesLayout : DataLayout
{
    private const string ImageEnding = "_leftImg8bit.png", MaskEnding = "_gtFine_labelIds.png";

    public override ClassTable Classes(SegmentationDataConfig config) => ClassTable.Published("cityscapes");

    /// <summary>The test split has no public labels; without masks it is listed without. Every other split needs them.</summary>
    public override SplitListing List(SegmentationDataConfig config, string split)
    {
        var folder = Folder(config, split);
        string imageFolder = Path.Combine(config.Root, "leftImg8bit", folder), maskFolder = Path.Combine(config.Root, "gtFine", folder);
        List<DataFault> faults = [];
        if (PairFinder.Files(imageFolder, "images", faults) is not { } files)
            return new([], faults);
        var samples = files.Where(file => file.EndsWith(ImageEnding, StringComparison.Ordinal))
            .Select(image => new SamplePaths(image, MaskOf(image, imageFolder, maskFolder))).ToArray();
        if (samples.Length == 0)
        {
            faults.Add(new(FaultKinds.EmptySplit, $"The folder '{imageFolder}' holds no images: none of its files ends in '{ImageEnding}'.")
            { File = imageFolder });
        }
        if (split == "test" && !samples.Any(sample => File.Exists(sample.Mask)))
            return new([.. samples.Select(sample => sample with { Mask = null })], faults);

        var images = samples.Select(sample => sample.Mask!).ToHashSet();
        foreach (var (image, mask) in samples.Where(sample => !File.Exists(sample.Mask)))
            faults.Add(new(FaultKinds.MissingMask, $"The image '{image}' has no mask: there is no '{mask}'.") { File = image });
        var masks = Directory.Exists(maskFolder) ? PairFinder.Files(maskFolder, "masks", faults) ?? [] : [];
        foreach (var mask in masks.Where(mask => mask.EndsWith(MaskEnding, StringComparison.Ordinal) && !images.Contains(mask)))
            faults.Add(new(FaultKinds.MissingImage, $"The mask '{mask}' has no image in '{imageFolder}'.") { File = mask });
        return new([.. samples.Where(sample => File.Exists(sample.Mask))], faults);
    }

    private static string MaskOf(string image, string imageFolder, string maskFolder) =>
        Path.Combine(maskFolder, string.Concat(Path.GetRelativePath(imageFolder, image).AsSpan()[..^ImageEnding.Length], MaskEnding));
}

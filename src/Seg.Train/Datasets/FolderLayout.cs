using Seg.Train.Checks;

namespace Seg.Train.Datasets;

/// <summary>A folder of images and a folder of masks with the same names, with classes that the user names.</summary>
internal sealed class FolderLayout : DataLayout
{
    private const string ImageFolder = "images/" + SegmentationDataConfig.SplitPlaceholder, MaskFolder = "masks/" + SegmentationDataConfig.SplitPlaceholder;

    public override bool TakesClasses => true;

    public override ClassTable Classes(SegmentationDataConfig config) => ConfiguredClasses.Require(config);

    public override SplitListing List(SegmentationDataConfig config, string split)
    {
        string images = config.ImageFolder ?? ImageFolder, masks = config.MaskFolder ?? MaskFolder;
        foreach (var pattern in new[] { images, masks })
        {
            if (MissingSplit(config, pattern, split) is { } fault)
                return new SplitListing([], [fault]);
        }
        var listing = PairFinder.ByName(At(config, images, split), At(config, masks, split));
        return images.Contains(SegmentationDataConfig.SplitPlaceholder, StringComparison.Ordinal) ? listing : Part(config, listing, images, split);
    }

    private DataFault? MissingSplit(SegmentationDataConfig config, string pattern, string split)
    {
        var folder = At(config, pattern, split);
        var parent = Path.Combine(config.Root, pattern.Replace(SegmentationDataConfig.SplitPlaceholder, "", StringComparison.Ordinal)).TrimEnd('/');
        if (Directory.Exists(folder) || !Directory.Exists(parent))
            return null;
        return new(FaultKinds.MissingFolder, $"There is no folder '{folder}'. Name the split's folder with data.splits, or set " +
            $"data.image_folder and data.mask_folder without {SegmentationDataConfig.SplitPlaceholder} to validate on one image in {config.HoldOut}.")
        { File = folder };
    }

    /// <summary>Splits one folder: every so many-th image validates, the others train.</summary>
    private static SplitListing Part(SegmentationDataConfig config, SplitListing listing, string folder, string split)
    {
        if (split is not ("train" or "val"))
        {
            return new([], [new(FaultKinds.MissingFolder, $"There is no split '{split}': the images lie in one folder, of which one in " +
                $"{config.HoldOut} is 'val' and the others are 'train'.")]);
        }
        if (listing.Samples.Count < config.HoldOut)
        {
            DataFault few = new(FaultKinds.EmptySplit, $"'{Path.Combine(config.Root, folder)}' holds {listing.Samples.Count} images, too " +
                $"few to validate on one in {config.HoldOut}; set data.hold_out lower or add images.");
            return listing with { Faults = [.. listing.Faults, few] };
        }
        return listing with
        {
            Samples = [.. listing.Samples.Where((_, index) => (index % config.HoldOut == config.HoldOut - 1) == (split == "val"))],
        };
    }
}

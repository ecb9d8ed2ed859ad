namespace Seg.Train.Datasets;

/// <summary>A published data set with a folder of images and one of masks for each split, named alike but for the extension.</summary>
/// <param name="classes">Name of its class list.</param>
/// <param name="images">Where images lie below the root; <c>{split}</c> stands for the split's folder.</param>
/// <param name="masks">Where masks lie below the root.</param>
internal sealed class SplitFoldersLayout(string classes, string images, string masks) : DataLayout
{
    /// <summary>The folder of the training split.</summary>
    public string Train { get; init; } = "train";

    /// <summary>The folder of the validation split.</summary>
    public string Val { get; init; } = "val";

    public override string FolderOf(string split) => split switch { "train" => Train, "val" => Val, _ => split };

    public override ClassTable Classes(SegmentationDataConfig config) => ClassTable.Published(classes);

    public override SplitListing List(SegmentationDataConfig config, string split) =>
        PairFinder.ByName(At(config, images, split), At(config, masks, split));
}

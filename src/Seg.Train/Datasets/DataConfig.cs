using Seg.Models.Configuration;
using Seg.Train.Checks;
using Seg.Train.Datasets.Keypoints;

namespace Seg.Train.Datasets;

/// <summary>Which images a network learns from: the <c>data:</c> section of a config. Its <c>format</c> says whether they have masks or keypoints.</summary>
[VariantKey("format")]
[Variant("ade20k", typeof(SegmentationDataConfig))]
[Variant("camvid", typeof(SegmentationDataConfig))]
[Variant("cityscapes", typeof(SegmentationDataConfig))]
[Variant("coco", typeof(SegmentationDataConfig))]
[Variant("folders", typeof(SegmentationDataConfig))]
[Variant("labelme", typeof(SegmentationDataConfig))]
[Variant("lip", typeof(SegmentationDataConfig))]
[Variant("pascal_context", typeof(SegmentationDataConfig))]
[Variant("pascal_context60", typeof(SegmentationDataConfig))]
[Variant("pascal_voc", typeof(SegmentationDataConfig))]
[Variant("coco_keypoints", typeof(PoseDataConfig))]
[Variant("mpii", typeof(PoseDataConfig))]
public abstract record DataConfig : IChecked
{
    internal const string SplitPlaceholder = "{split}";

    /// <summary>The data set's folder; relative paths start at the current folder. Default: the current folder.</summary>
    public string Root { get; init; } = ".";

    /// <summary>
    /// Names of the splits' folders, lists or files where they differ from the layout's own, such as <c>{ val: validation }</c>. Default: none.
    /// </summary>
    public Dictionary<string, string> Splits { get; init; } = [];

    /// <summary>
    /// What becomes of an image or mask that cannot be read: <c>stop</c> (default) ends the run, after a checkpoint; <c>skip</c> takes the
    /// next image in its place while training, leaves it out while validating, and tells each file once. More than a tenth of faulty files
    /// ends the run either way.
    /// </summary>
    public FaultyImagePolicy FaultyImages { get; init; } = FaultyImagePolicy.Stop;

    /// <summary>
    /// What is checked before the first epoch: <c>quick</c> (default; all names, and some files of each split), <c>full</c> (every file) or
    /// <c>none</c>. Errors end the run; warnings are told.
    /// </summary>
    public CheckDepth Check { get; init; } = CheckDepth.Quick;

    /// <summary>
    /// Memory for decoded images and masks, in MiB, for each split: as many as fit are decoded once and kept. 0 keeps none; default 1024.
    /// Results do not depend on it.
    /// </summary>
    public int CacheMegabytes { get; init; } = 1024;

    /// <summary>[height, width] in pixels of what the network is trained on: the augmentation's crop size.</summary>
    public abstract int[] TrainingSize { get; }

    /// <summary>A path below the root.</summary>
    /// <param name="folder">What <c>{split}</c> stands for.</param>
    internal string PathOf(string pattern, string folder) => Path.Combine(Root, pattern.Replace(SplitPlaceholder, folder, StringComparison.Ordinal));

    public virtual IEnumerable<ConfigFault> Faults()
    {
        if (Root.Length == 0)
            yield return new(nameof(Root), "is empty; give the data set's folder");
        if (CacheMegabytes < 0)
            yield return new(nameof(CacheMegabytes), $"is {CacheMegabytes}; must be 0 (no cache) or more");
    }
}

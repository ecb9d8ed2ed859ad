using Seg.Models;

namespace Seg.Train.Datasets;

/// <summary>Where the files of a data set lie, and what its classes are.</summary>
internal abstract class DataLayout
{
    /// <summary>Whether the config may name classes of its own.</summary>
    public virtual bool TakesClasses => false;

    /// <summary>The folder or list of a split where the config does not name another.</summary>
    public virtual string FolderOf(string split) => split;

    /// <summary>The classes.</summary>
    /// <exception cref="InputException">They are not known, or contradict each other.</exception>
    public abstract ClassTable Classes(SegmentationDataConfig config);

    /// <summary>Lists a split's files, with all that is wrong about them.</summary>
    public abstract SplitListing List(SegmentationDataConfig config, string split);

    /// <summary>What turns a sample's mask file into classes; by default, a mask of ids.</summary>
    public virtual IMaskReader MaskReader(SegmentationDataConfig config, string split, ClassTable classes) => new FileMasks(classes);

    /// <summary>The folder or list that stands for a split.</summary>
    protected string Folder(SegmentationDataConfig config, string split) => config.Splits.GetValueOrDefault(split) ?? FolderOf(split);

    /// <summary>A split's path below the root.</summary>
    /// <param name="pattern">Its <c>{split}</c> stands for the folder.</param>
    protected string At(SegmentationDataConfig config, string pattern, string split) => config.PathOf(pattern, Folder(config, split));

    public static DataLayout Of(DataFormat format) => format switch
    {
        DataFormat.Ade20k => new SplitFoldersLayout("ade20k", "images/{split}", "annotations/{split}") { Train = "training", Val = "validation" },
        DataFormat.Camvid => new SplitFoldersLayout("camvid", "images/{split}", "labels/{split}"),
        DataFormat.Cityscapes => new CityscapesLayout(),
        DataFormat.Coco => new CocoLayout(),
        DataFormat.Folders => new FolderLayout(),
        DataFormat.Labelme => new LabelmeLayout(),
        DataFormat.Lip => new SplitFoldersLayout(
            "lip", "TrainVal_images/{split}_images", "TrainVal_parsing_annotations/{split}_segmentations"),
        DataFormat.PascalContext => new PascalLayout("pascal_context", "SegmentationClassContext", "SegmentationContext"),
        DataFormat.PascalContext60 => new PascalLayout("pascal_context60", "SegmentationClassContext", "SegmentationContext"),
        DataFormat.PascalVoc => new PascalLayout("pascal_voc", "SegmentationClass", "Segmentation"),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
    };
}

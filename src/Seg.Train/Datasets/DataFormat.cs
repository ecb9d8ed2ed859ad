namespace Seg.Train.Datasets;

/// <summary>How a data set's files are laid out; docs/data.md shows each.</summary>
public enum DataFormat
{
    /// <summary>images/{training,validation} and annotations/{training,validation}; ADE20K's 150 classes with ids from 1, 0 for none.</summary>
    Ade20k,

    /// <summary>images/SPLIT and labels/SPLIT; the 11 classes of CamVid, 11 for pixels without one.</summary>
    Camvid,

    /// <summary>leftImg8bit/SPLIT/CITY and gtFine/SPLIT/CITY with label ids; the 19 classes that Cityscapes evaluates.</summary>
    Cityscapes,

    /// <summary>COCO's instances: a JSON file of polygons and run lengths for each split, and a folder of images.</summary>
    Coco,

    /// <summary>A folder of images and one of masks, and the user's own classes.</summary>
    Folders,

    /// <summary>A folder for each split with images and, beside each, the JSON file of polygons that labelme writes.</summary>
    Labelme,

    /// <summary>TrainVal_images/SPLIT_images and TrainVal_parsing_annotations/SPLIT_segmentations; LIP's 20 classes.</summary>
    Lip,

    /// <summary>JPEGImages, SegmentationClassContext and lists in ImageSets/SegmentationContext; 59 classes with ids from 1, 0 for none.</summary>
    PascalContext,

    /// <summary>As <see cref="PascalContext"/>, with the background as a class of its own.</summary>
    PascalContext60,

    /// <summary>JPEGImages, SegmentationClass and lists in ImageSets/Segmentation; VOC's 21 classes, or the user's own.</summary>
    PascalVoc,
}

namespace Seg.Train.Datasets;

/// <summary>How a data set's files are laid out.</summary>
public enum DataFormat
{
    /// <summary>images/SPLIT and labels/SPLIT; the 11 classes of CamVid, 11 for pixels without one.</summary>
    Camvid,

    /// <summary>leftImg8bit/SPLIT/CITY and gtFine/SPLIT/CITY with label ids; the 19 classes that Cityscapes evaluates.</summary>
    Cityscapes,

    /// <summary>A folder of images and one of masks, and the user's own classes.</summary>
    Folders,
}

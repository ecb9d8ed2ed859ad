namespace Seg.Predict.Imaging;

/// <summary>Why an image or mask file cannot be used.</summary>
public enum ImageFault
{
    /// <summary>There is no such file, or it is a link to none.</summary>
    Missing,

    /// <summary>The file cannot be read: no permission, a folder, a failing disk.</summary>
    Unreadable,

    /// <summary>0 bytes.</summary>
    Empty,

    /// <summary>The file ends early.</summary>
    Truncated,

    /// <summary>A checksum is wrong, or the data do not fill the picture.</summary>
    Damaged,

    /// <summary>No image, or in a format that cannot be decoded.</summary>
    NoImage,

    /// <summary>A mask with several channels: colours instead of class ids.</summary>
    ColorMask,

    /// <summary>A mask with values below 0 or above 255.</summary>
    WideValues,
}

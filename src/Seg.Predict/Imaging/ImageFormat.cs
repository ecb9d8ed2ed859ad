namespace Seg.Predict.Imaging;

/// <summary>What a file's first bytes say that it is.</summary>
public enum ImageFormat
{
    Png,
    Jpeg,
    Bmp,
    Tiff,
    WebP,
    Pnm,
    Gif,
}

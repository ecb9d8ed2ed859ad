using OpenCvSharp;

namespace Seg.Predict.Imaging;

/// <summary>Turns images as EXIF's orientation (tag 0x0112) asks for.</summary>
internal static class ImageOrientation
{
    /// <param name="stored">Taken over.</param>
    /// <param name="orientation">1 to 8: in which corner the first row and the first column of the stored image are to be.</param>
    public static Mat TurnUpright(Mat stored, int orientation)
    {
        if (orientation is < 2 or > 8)
            return stored;
        var image = stored;
        if (orientation >= 5)
        {
            // 5 to 8 are stored with rows for columns; that changed, they are 1 to 4.
            image = new Mat();
            Cv2.Transpose(stored, image);
            stored.Dispose();
        }
        FlipMode? flip = orientation switch
        {
            2 or 6 => FlipMode.Y,
            3 or 7 => FlipMode.XY,
            4 or 8 => FlipMode.X,
            _ => null,
        };
        if (flip is not { } mode)
            return image;
        Mat upright = new();
        Cv2.Flip(image, upright, mode);
        image.Dispose();
        return upright;
    }
}

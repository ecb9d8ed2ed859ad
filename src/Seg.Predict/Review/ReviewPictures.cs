using OpenCvSharp;
using Seg.Models;
using Seg.Predict.Drawing;

namespace Seg.Predict.Review;

/// <summary>The pictures of an item that the browser shows as they are, as JPEG.</summary>
internal sealed class ReviewPictures(ReviewSubject subject)
{
    /// <summary>Longest side, in pixels, of one half of a thumbnail.</summary>
    private const int LongestThumbnailSide = 288;

    private const int PictureQuality = 90, ThumbnailQuality = 78;

    private readonly ClassBlend? blend = subject.Classes is null ? null : new ClassBlend(subject.Classes, opacity: 0.6, outline: false);
    private readonly PoseOverlay? skeletons =
        subject.Keypoints is null ? null : new PoseOverlay(subject.Keypoints, new PoseOverlayOptions { Boxes = false, Labels = false });

    /// <summary>The image, no larger than its layers are.</summary>
    public static byte[] Picture(ReviewItem item)
    {
        using var shrunk = Shrink(item.Image, ReviewLayers.LongestSide);
        return Encode(shrunk, PictureQuality);
    }

    /// <summary>The image on the left and what was found in it on the right.</summary>
    public byte[] Thumbnail(ReviewItem item)
    {
        using var small = Shrink(item.Image, LongestThumbnailSide);
        using Mat both = new(small.Rows, 2 * small.Cols, MatType.CV_8UC3);
        using Mat left = both[new Rect(0, 0, small.Cols, small.Rows)], right = both[new Rect(small.Cols, 0, small.Cols, small.Rows)];
        small.CopyTo(left);
        if (blend is not null && item.Labels is not null)
            blend.Apply(small, ReviewLayers.Resize(item.Labels, small.Size()), right);
        else
            small.CopyTo(right);
        if (item.Persons is not null)
            skeletons?.DrawOnto(right, [.. item.Persons.Select(person => Scaled(person, small.Cols / (float)item.Image.Cols))]);
        return Encode(both, ThumbnailQuality);
    }

    /// <summary>The person on a picture of another size.</summary>
    private static Person Scaled(Person person, float scale) => person with
    {
        Keypoints = [.. person.Keypoints.Select(point => point with { X = point.X * scale, Y = point.Y * scale })],
        Box = new PersonBox(person.Box.X * scale, person.Box.Y * scale, person.Box.Width * scale, person.Box.Height * scale),
    };

    private static Mat Shrink(Mat image, int longest)
    {
        Mat shrunk = new();
        Cv2.Resize(image, shrunk, ReviewLayers.Fit(image.Cols, image.Rows, longest), interpolation: InterpolationFlags.Area);
        return shrunk;
    }

    private static byte[] Encode(Mat image, int quality)
    {
        Cv2.ImEncode(".jpg", image, out var jpeg, new ImageEncodingParam(ImwriteFlags.JpegQuality, quality));
        return jpeg;
    }
}

using OpenCvSharp;

namespace Seg.Predict.Drawing;

/// <summary>Two pictures beside each other.</summary>
public static class PicturePair
{
    /// <param name="left">CV_8UC3.</param>
    /// <param name="right">CV_8UC3; may have another size.</param>
    /// <returns>CV_8UC3, with a white gap between both.</returns>
    public static Mat Join(Mat left, Mat right)
    {
        var gap = Gap(left);
        var canvas = new Mat(Math.Max(left.Rows, right.Rows), left.Cols + gap + right.Cols, MatType.CV_8UC3, Scalar.All(255));
        using (var part = canvas[new Rect(0, 0, left.Cols, left.Rows)])
            left.CopyTo(part);
        using (var part = canvas[new Rect(left.Cols + gap, 0, right.Cols, right.Rows)])
            right.CopyTo(part);
        return canvas;
    }

    /// <summary>Pixels between both.</summary>
    public static int Gap(Mat left) => Math.Max(2, left.Cols / 160);
}

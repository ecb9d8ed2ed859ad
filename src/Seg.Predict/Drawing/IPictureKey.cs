using OpenCvSharp;

namespace Seg.Predict.Drawing;

/// <summary>What explains a picture's colours: a legend of classes, a scale.</summary>
internal interface IPictureKey
{
    /// <summary>In pixels.</summary>
    int Width { get; }

    /// <summary>In pixels.</summary>
    int Height { get; }

    /// <summary>Distance from the picture's edges where the key lies on it.</summary>
    int Margin { get; }

    /// <summary>Draws the key onto a CV_8UC3 picture with its upper left corner at (x, y).</summary>
    void DrawOn(Mat bgr, int x, int y);
}

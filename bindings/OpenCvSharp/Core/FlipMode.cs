namespace OpenCvSharp;

/// <summary>The axis that an image is mirrored about: X turns it upside down, Y swaps left and right.</summary>
public enum FlipMode
{
    X = 0,
    Y = 1,
    XY = -1,
}

namespace OpenCvSharp;

/// <summary>How <see cref="Cv2.Compare"/> compares.</summary>
public enum CmpType
{
    EQ = 0,
    GT = 1,
    GE = 2,
    LT = 3,
    LE = 4,
    NE = 5,
}

namespace OpenCvSharp;

/// <summary>What can be asked of a video that is written.</summary>
public enum VideoWriterProperties
{
    Quality = 1,
    FrameBytes = 2,
    NStripes = 3,
    IsColor = 4,
    Depth = 5,
    HwAcceleration = 6,
    HwDevice = 7,
}

namespace OpenCvSharp;

/// <summary>The columns of the statistics of connected components.</summary>
public enum ConnectedComponentsTypes
{
    Left = 0,
    Top = 1,
    Width = 2,
    Height = 3,
    Area = 4,
}

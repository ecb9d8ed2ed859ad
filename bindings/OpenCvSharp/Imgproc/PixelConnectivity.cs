namespace OpenCvSharp;

/// <summary>Which neighbours count as connected.</summary>
public enum PixelConnectivity
{
    Connectivity4 = 4,
    Connectivity8 = 8,
}

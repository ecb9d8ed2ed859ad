namespace Seg.Models.Configuration;

/// <summary>How an HRNet's fusion brings coarse maps to a finer one's size.</summary>
public enum FusionInterpolation
{
    /// <summary>Bilinear, to the finer map's extents: the authors' segmentation code. Images may have any size.</summary>
    Bilinear,

    /// <summary>Each value repeated 2, 4 or 8 times: the authors' pose code. The extents of images must be multiples of 32.</summary>
    Nearest,
}

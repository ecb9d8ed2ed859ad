namespace TorchSharp;

// The values are TorchSharp's; libtorch's own codes are chosen where they are used.
public static partial class torch
{
    /// <summary>How <see cref="nn.Upsample"/> interpolates.</summary>
    public enum UpsampleMode { Nearest = 0, Linear = 1, Bilinear = 2, Bicubic = 3, Trilinear = 4 }

    /// <summary>How <see cref="nn.functional.interpolate"/> interpolates.</summary>
    public enum InterpolationMode { Nearest = 0, Linear = 1, Bilinear = 2, Bicubic = 3, Trilinear = 4, Area = 5, NearestExact = 6 }

    /// <summary>How <see cref="nn.functional.grid_sample"/> interpolates.</summary>
    public enum GridSampleMode { Nearest = 0, Bilinear = 2 }

    /// <summary>What <see cref="nn.functional.grid_sample"/> sees outside its input.</summary>
    public enum GridSamplePaddingMode { Zeros = 0, Reflection = 1, Border = 2 }
}

namespace TorchSharp.Interop;

/// <summary>How a convolution of a <see cref="NativePlan"/> is computed; the numbers are plan_shim.h's.</summary>
public enum PlanMethod
{
    /// <summary>As it is defined.</summary>
    Direct = 0,

    /// <summary>By transformed tiles of 4x4 outputs, with a quarter of the multiplications: 3x3, stride 1, maps of the plan's own type, not joined.</summary>
    Winograd = 1,
}

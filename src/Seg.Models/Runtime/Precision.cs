namespace Seg.Models.Runtime;

/// <summary>The type of number that a network computes with.</summary>
public enum Precision
{
    /// <summary>bfloat16 where the device computes with it directly, float32 elsewhere.</summary>
    Auto,

    /// <summary>float32.</summary>
    Fp32,

    /// <summary>bfloat16.</summary>
    Bf16,

    /// <summary>float16.</summary>
    Fp16,
}

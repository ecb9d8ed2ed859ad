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

    /// <summary>
    /// Predictions on the CPU alone: convolutions of whole numbers of 8 bits, for which the model was calibrated (<see cref="Int8Calibration"/>), the rest
    /// in bfloat16 where the processor computes with it directly, else in float32.
    /// </summary>
    Int8,
}

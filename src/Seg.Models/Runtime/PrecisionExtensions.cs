using System.Runtime.Intrinsics.X86;
using TorchSharp;
using static TorchSharp.torch;

namespace Seg.Models.Runtime;

/// <summary>What a <see cref="Precision"/> means on a device.</summary>
public static class PrecisionExtensions
{
    /// <summary>
    /// Whether this processor has instructions for bfloat16 (AVX512_BF16 or AMX); without them bfloat16 is slower than float32.
    /// </summary>
    public static bool ProcessorHasBFloat16 { get; } = DetectBFloat16();

    /// <summary>The type of the weights and the maps; of int8 that of the weights which its whole numbers are made of.</summary>
    public static ScalarType ToScalarType(this Precision precision, Device device) => precision switch
    {
        Precision.Fp32 or Precision.Int8 => ScalarType.Float32,
        Precision.Bf16 => ScalarType.BFloat16,
        Precision.Fp16 => ScalarType.Float16,
        Precision.Auto => device.type == DeviceType.CUDA || ProcessorHasBFloat16 ? ScalarType.BFloat16 : ScalarType.Float32,
        _ => throw new ArgumentOutOfRangeException(nameof(precision), precision, null),
    };

    private static bool DetectBFloat16()
    {
        // Intel's manual, CPUID leaf 7: sub-leaf 1, EAX bit 5 is AVX512_BF16; sub-leaf 0, EDX bit 22 is AMX-BF16.
        if (!X86Base.IsSupported || !Avx512F.IsSupported || X86Base.CpuId(0, 0).Eax < 7)
            return false;
        return (X86Base.CpuId(7, 1).Eax & (1 << 5)) != 0 || (X86Base.CpuId(7, 0).Edx & (1 << 22)) != 0;
    }
}

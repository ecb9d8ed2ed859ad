using Seg.Models.Runtime;
using static TorchSharp.torch;

namespace Seg.Models.Tests.Runtime;

public class PrecisionTests
{
    [Fact]
    public void Auto_is_bfloat16_where_the_processor_has_it()
    {
        var expected = PrecisionExtensions.ProcessorHasBFloat16 ? ScalarType.BFloat16 : ScalarType.Float32;
        Assert.Equal(expected, Precision.Auto.ToScalarType(CPU));
        Assert.Equal(ScalarType.BFloat16, Precision.Auto.ToScalarType(CUDA));
    }

    [Fact]
    public void The_processor_is_asked_as_the_system_says()
    {
        if (!File.Exists("/proc/cpuinfo"))
            return;
        var flags = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("flags", StringComparison.Ordinal))?.Split(' ') ?? [];
        Assert.Equal(flags.Contains("avx512_bf16") || flags.Contains("amx_bf16"), PrecisionExtensions.ProcessorHasBFloat16);
    }
}

using TorchSharp.Interop;

namespace Seg.Models.Tests.Runtime;

/// <summary>Lets plans of this thread use an instruction set and lesser ones, until it is disposed.</summary>
internal readonly struct InstructionLimit : IDisposable
{
    /// <summary>Those for which kernels are compiled, on whichever processor they run.</summary>
    private static readonly string[] Known = ["avx512_bf16", "avx512_vnni", "avx512", "avx2", "baseline"];

    private InstructionLimit(string instructions) => NativePlan.LimitTo(instructions);

    /// <summary>The sets that run on this processor.</summary>
    public static IEnumerable<string> Sets => Known.Where(set =>
    {
        using var limit = To(set);
        return NativePlan.Instructions == set;
    });

    public static InstructionLimit To(string instructions) => new(instructions);

    public void Dispose() => NativePlan.LimitTo("");
}

using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>A list of steps over maps that run without libtorch in between: convolutions with all that follows them, sums of maps of several sizes.</summary>
/// <remarks>One thread at a time may run it; OpenMP's others help. The native side of it is described in plan_shim.h.</remarks>
public sealed unsafe class NativePlan : IDisposable
{
    private nint handle;

    /// <param name="steps">In the order in which they run.</param>
    /// <param name="type">float32 or bfloat16: that of all maps.</param>
    /// <param name="arenaBytes">Memory of the maps.</param>
    /// <param name="scratchBytes">Memory of each thread, for maps of which only the rows at work exist.</param>
    /// <exception cref="System.Runtime.InteropServices.ExternalException">No kernel does such a step, or memory is short.</exception>
    public NativePlan(IReadOnlyList<PlanStep> steps, torch.ScalarType type, long arenaBytes, long scratchBytes)
    {
        var natives = steps.Select(step => new NativePlanStep(step)).ToArray();
        nint made;
        fixed (NativePlanStep* first = natives)
            NativeError.Check(NativeMethods.seg_plan_new(first, natives.Length, ElementOf(type) ?? -1, arenaBytes, scratchBytes, &made));
        GC.KeepAlive(steps);
        handle = made;
    }

    ~NativePlan() => Free();

    /// <summary>Plans that live now.</summary>
    public static long Live => NativeMethods.seg_plan_live();

    /// <summary>Bytes of maps and of packed weights.</summary>
    public long Bytes => NativeMethods.seg_plan_bytes(Valid);

    private nint Valid => handle != 0 ? handle : throw new ObjectDisposedException(nameof(NativePlan));

    /// <summary>The instruction set that plans of this thread use: "avx512_bf16", "avx512_vnni", "avx512", "avx2", "baseline" or "none".</summary>
    public static string Instructions => Marshal.PtrToStringUTF8((nint)NativeMethods.seg_plan_instructions())!;

    /// <summary>
    /// Whether this processor has kernels for the type that are worth a plan; for Byte, of which single maps are, beside bfloat16 where it has that, else
    /// beside float32.
    /// </summary>
    public static bool Supports(torch.ScalarType type) => ElementOf(type) is { } element && NativeMethods.seg_plan_supports(element) != 0;

    /// <summary>
    /// Limits plans that this thread makes from now on to an instruction set and lesser ones: for tests. Without a call the environment variable
    /// SEG_INSTRUCTIONS is the limit.
    /// </summary>
    /// <param name="instructions">One of <see cref="Instructions"/>; empty for no limit.</param>
    public static void LimitTo(string instructions) => NativeMethods.seg_plan_limit(instructions);

    /// <summary>Runs <paramref name="count"/> steps from <paramref name="first"/> on, with torch's number of threads.</summary>
    /// <param name="tensors">What steps of import and export mean by their number: (1, C, H, W), float32 or bfloat16.</param>
    public void Run(int first, int count, ReadOnlySpan<torch.Tensor> tensors)
    {
        var natives = stackalloc NativePlanTensor[tensors.Length];
        for (var index = 0; index < tensors.Length; index++)
            natives[index] = new NativePlanTensor(tensors[index]);
        NativeError.Check(NativeMethods.seg_plan_run(Valid, first, count, torch.get_num_threads(), natives, tensors.Length));
        GC.KeepAlive(this);
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    /// <summary>The native number of a type: float32 and bfloat16 of plans and their maps, Byte of maps alone; null for others.</summary>
    public static int? ElementOf(torch.ScalarType type) => type switch
    {
        torch.ScalarType.Float32 => 0,
        torch.ScalarType.BFloat16 => 1,
        torch.ScalarType.Byte => 2,
        _ => null,
    };

    private void Free() => NativeMethods.seg_plan_free(Interlocked.Exchange(ref handle, 0));
}

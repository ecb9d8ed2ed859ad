using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>The libtorch in use, and switches that TorchSharp has no name for.</summary>
public static unsafe class TorchLibrary
{
    /// <summary>
    /// How libtorch was built, as torch.__config__.show() prints it: compiler, BLAS, oneDNN, CUDA, the CPU's instructions in use.
    /// </summary>
    public static string Configuration
    {
        get
        {
            byte* text;
            NativeError.Check(NativeMethods.seg_torch_config(&text));
            return Marshal.PtrToStringUTF8((nint)text)!;
        }
    }

    /// <summary>The instructions that libtorch's kernels use on this CPU: "DEFAULT", "AVX2", "AVX512".</summary>
    public static string CpuCapability
    {
        get
        {
            const string Label = "CPU capability usage:";
            var line = Configuration.Split('\n').FirstOrDefault(line => line.Contains(Label, StringComparison.Ordinal));
            return line is null ? "unknown" : line[(line.IndexOf(Label, StringComparison.Ordinal) + Label.Length)..].Trim();
        }
    }

    /// <summary>Lets cuDNN try its convolution algorithms and keep the fastest for each shape.</summary>
    public static void SetCudnnBenchmark(bool enabled) => NativeError.Check(NativeMethods.seg_set_cudnn_benchmark(enabled ? 1 : 0));

    /// <summary>Makes operators that have no deterministic form fail, or warn.</summary>
    public static void SetDeterministic(bool enabled, bool warnOnly = false) =>
        NativeError.Check(NativeMethods.seg_set_deterministic(enabled ? 1 : 0, warnOnly ? 1 : 0));

    /// <summary>Counts subnormal numbers as zero on this thread; false where the CPU cannot.</summary>
    public static bool SetFlushDenormal(bool enabled)
    {
        int done;
        NativeError.Check(NativeMethods.seg_set_flush_denormal(enabled ? 1 : 0, &done));
        return done != 0;
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>plan_shim.h's seg_plan_step.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativePlanStep
{
    internal const int MostTerms = 6;

    internal int Kind, Relu, Joined, HasResidual;
    internal PlanMap Source, Target, Residual;
    internal float* Weights;
    internal float* Bias;
    internal float* Multipliers;
    internal float* Factors;
    internal int KernelHeight, KernelWidth, Stride, PaddingY, PaddingX, Dilation;
    internal int Method;
    internal int TermCount, Nearest, AlignCorners;
    internal int Tensor;
    internal TermList Terms;

    internal NativePlanStep(PlanStep step)
    {
        if (step.Terms.Length > MostTerms)
            throw new ArgumentException($"A sum has at most {MostTerms} terms, not {step.Terms.Length}.", nameof(step));
        (Kind, Relu, Joined, HasResidual) = ((int)step.Kind, Number(step.Relu), Number(step.Joined), Number(step.Residual is not null));
        (Source, Target, Residual) = (step.Source, step.Target, step.Residual ?? default);
        Weights = AddressOf(step.Weights);
        Bias = AddressOf(step.Bias);
        Multipliers = AddressOf(step.Multipliers);
        Factors = AddressOf(step.Factors);
        (KernelHeight, KernelWidth) = step.Kernel;
        (Stride, Dilation) = (step.Stride, step.Dilation);
        (PaddingY, PaddingX) = step.Padding;
        Method = (int)step.Method;
        (TermCount, Nearest, AlignCorners) = (step.Terms.Length, Number(step.Nearest), Number(step.AlignCorners));
        Tensor = step.Tensor;
        for (var index = 0; index < step.Terms.Length; index++)
            Terms[index] = step.Terms[index];
    }

    private static int Number(bool value) => value ? 1 : 0;

    private static float* AddressOf(torch.Tensor? values)
    {
        if (values is null)
            return null;
        if (values.dtype != torch.ScalarType.Float32 || !values.is_contiguous())
            throw new ArgumentException("Numbers of a plan are contiguous float32 tensors.", nameof(values));
        void* data;
        NativeError.Check(NativeMethods.seg_tensor_data(values.Handle, &data));
        return (float*)data;
    }

    [InlineArray(MostTerms)]
    internal struct TermList
    {
        private PlanMap first;
    }
}

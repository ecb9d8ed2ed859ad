namespace TorchSharp.Interop;

/// <summary>What a step of a <see cref="NativePlan"/> does; the numbers are plan_shim.h's.</summary>
public enum PlanStepKind
{
    Convolution = 0,
    Sum = 1,
    MaxPool = 2,
    Import = 3,
    Export = 4,
}

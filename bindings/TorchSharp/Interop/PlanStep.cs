namespace TorchSharp.Interop;

/// <summary>One step of a <see cref="NativePlan"/>; plan_shim.h says what each member means to which kind of step.</summary>
public sealed class PlanStep
{
    public required PlanStepKind Kind { get; init; }

    public PlanMap Source { get; init; }

    public PlanMap Target { get; init; }

    /// <summary>Convolutions: added before ReLU.</summary>
    public PlanMap? Residual { get; init; }

    /// <summary>Sums: maps that are brought to the target's size by interpolation; at most 6.</summary>
    public PlanMap[] Terms { get; init; } = [];

    public bool Relu { get; init; }

    /// <summary>Whether the next step follows at once on the same rows.</summary>
    public bool Joined { get; init; }

    /// <summary>float32, contiguous (target channels, source channels, kernel height, kernel width); read when the plan is made.</summary>
    public torch.Tensor? Weights { get; init; }

    /// <summary>float32, contiguous, one value a target channel; read when the plan is made.</summary>
    public torch.Tensor? Bias { get; init; }

    /// <summary>
    /// Convolutions that read whole numbers: float32, contiguous, what 1 of their sum stands for in each target channel; their weights are whole numbers
    /// from −127 to 127.
    /// </summary>
    public torch.Tensor? Multipliers { get; init; }

    /// <summary>
    /// float32, contiguous: what the residual (target channels), or the source and each term of a sum (1 + terms, target channels), is multiplied by.
    /// </summary>
    public torch.Tensor? Factors { get; init; }

    public (int Height, int Width) Kernel { get; init; } = (1, 1);

    public int Stride { get; init; } = 1;

    public (int Y, int X) Padding { get; init; }

    public int Dilation { get; init; } = 1;

    /// <summary>How a convolution is computed.</summary>
    public PlanMethod Method { get; init; }

    /// <summary>Sums: whether values are repeated instead of interpolated.</summary>
    public bool Nearest { get; init; }

    public bool AlignCorners { get; init; }

    /// <summary>Import and export: which of the tensors that a run is given.</summary>
    public int Tensor { get; init; }
}

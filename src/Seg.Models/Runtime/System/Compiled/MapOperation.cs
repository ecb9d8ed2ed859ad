using TorchSharp.Interop;

namespace Seg.Models.Runtime.Compiled;

/// <summary>An operation that the plan does by itself, which grows while what follows it is fused into it.</summary>
internal sealed class MapOperation(PlanStepKind kind, RecordedValue source, RecordedValue target) : Operation
{
    public PlanStepKind Kind { get; } = kind;

    public RecordedValue Source { get; } = source;

    public RecordedValue Target { get; set; } = target;

    /// <summary>Convolutions: of the target's shape.</summary>
    public RecordedValue? Residual { get; set; }

    /// <summary>Sums: maps that are brought to the target's size.</summary>
    public RecordedValue[] Terms { get; init; } = [];

    public bool Relu { get; set; }

    public RecordedValue? Weights { get; init; }

    public RecordedValue? Bias { get; init; }

    public (int Height, int Width) Kernel { get; init; } = (1, 1);

    public int Stride { get; init; } = 1;

    public (int Y, int X) Padding { get; init; }

    public int Dilation { get; init; } = 1;

    /// <summary>Convolutions: how they are computed.</summary>
    public PlanMethod Method { get; set; }

    public bool Nearest { get; init; }

    public bool AlignCorners { get; init; }

    /// <summary>What import reads and export writes.</summary>
    public RecordedValue Tensor => Kind == PlanStepKind.Import ? Source : Target;

    public override IEnumerable<RecordedValue> Inputs => Residual is null ? [Source, .. Terms] : [Source, Residual, .. Terms];

    public override IEnumerable<RecordedValue> Results => [Target];

    /// <summary>Whether a row of the target needs no other row of the source, and of that just the positions above each other.</summary>
    public bool IsPointwise => Kind == PlanStepKind.Sum || (Kind == PlanStepKind.Convolution && Kernel == (1, 1) && Stride == 1 && Padding == (0, 0));
}

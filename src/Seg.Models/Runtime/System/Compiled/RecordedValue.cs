using static TorchSharp.torch;

namespace Seg.Models.Runtime.Compiled;

/// <summary>One tensor of a recorded run, as it was between two operators that wrote it.</summary>
internal sealed class RecordedValue(long[] shape, ScalarType type, Tensor? constant)
{
    public long[] Shape { get; } = shape;

    public ScalarType Type { get; } = type;

    /// <summary>What does not depend on the network's input, a weight as a rule; null for what does.</summary>
    public Tensor? Constant { get; } = constant;

    /// <summary>How often operators read it; the network's output counts as read.</summary>
    public int Uses { get; set; }

    /// <summary>Whether it is (1, C, H, W), none of them 0.</summary>
    public bool IsMap => Shape.Length == 4 && Shape[0] == 1 && Shape.All(extent => extent > 0);

    public bool HasShapeOf(RecordedValue other) => Shape.AsSpan().SequenceEqual(other.Shape);
}

namespace Seg.Models.Runtime.Compiled;

/// <summary>One operation of a plan, on maps or on tensors.</summary>
internal abstract class Operation
{
    public abstract IEnumerable<RecordedValue> Inputs { get; }

    public abstract IEnumerable<RecordedValue> Results { get; }
}

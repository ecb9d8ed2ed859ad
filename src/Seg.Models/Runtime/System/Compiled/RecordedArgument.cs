using TorchSharp.Interop;
using static TorchSharp.torch;

namespace Seg.Models.Runtime.Compiled;

/// <summary>One argument of a recorded operator: a tensor, a list of tensors, or a plain value.</summary>
internal readonly record struct RecordedArgument(Value Plain, RecordedValue? Value = null, RecordedValue?[]? List = null)
{
    public IEnumerable<RecordedValue> Values => List is not null ? List.OfType<RecordedValue>() : Value is not null ? [Value] : [];

    public bool IsNone => Value is null && List is null && Plain.Kind == ValueKind.None;

    public bool AsBoolean => Plain.AsInteger != 0;

    /// <summary>The argument for a run, with that run's tensors.</summary>
    public Value With(Func<RecordedValue, Tensor> tensorOf)
    {
        if (Value is not null)
            return tensorOf(Value);
        return List is not null ? List.Select(value => value is null ? null : tensorOf(value)).ToArray() : Plain;
    }
}

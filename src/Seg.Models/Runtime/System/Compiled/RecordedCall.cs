using TorchSharp.Interop;

namespace Seg.Models.Runtime.Compiled;

/// <summary>One operator that the network called on what depends on its input.</summary>
internal sealed record RecordedCall(Operator Operator, RecordedArgument[] Arguments, RecordedValue?[] Results)
{
    /// <summary>Whether the operator writes its first argument: what it wrote is then its only result.</summary>
    public bool IsInPlace => WritesFirstArgument(Operator);

    /// <summary>Whether its first result is a map that ReLU has left without negative values.</summary>
    public bool Rectifies => Results is [{ IsMap: true }] && Operator.ToString() switch
    {
        "aten::relu" or "aten::relu_" => true,
        "seg::add_act_" => this[2].AsBoolean,
        "seg::sum_upsampled" => this[3].AsBoolean,
        _ => false,
    };

    /// <summary>The argument, or none where it was left out.</summary>
    public RecordedArgument this[int index] => index < Arguments.Length ? Arguments[index] : default;

    public IEnumerable<RecordedValue> Inputs => Arguments.SelectMany(argument => argument.Values).Where(value => value.Constant is null);

    public static bool WritesFirstArgument(Operator op) => op.Name.EndsWith('_') && !op.Name.EndsWith("__", StringComparison.Ordinal);
}

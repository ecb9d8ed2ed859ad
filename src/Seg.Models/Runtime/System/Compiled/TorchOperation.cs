using static TorchSharp.torch;

namespace Seg.Models.Runtime.Compiled;

/// <summary>An operator that the plan leaves to libtorch.</summary>
internal sealed class TorchOperation(RecordedCall call) : Operation
{
    public override IEnumerable<RecordedValue> Inputs => call.Inputs;

    public override IEnumerable<RecordedValue> Results => call.Results.OfType<RecordedValue>();

    /// <summary>Calls it with a run's tensors, and adds its results to them.</summary>
    public void Run(Dictionary<RecordedValue, Tensor> tensors)
    {
        var arguments = call.Arguments.Select(argument => argument.With(value => value.Constant ?? tensors[value])).ToArray();
        if (call.IsInPlace)
        {
            // The tensor may be read later as it was before.
            var copy = arguments[0].AsTensor!.clone();
            arguments[0] = copy;
            call.Operator.Invoke(arguments);
            tensors[call.Results[0]!] = copy;
            return;
        }
        var results = call.Operator.Tensors(arguments);
        for (var index = 0; index < call.Results.Length; index++)
        {
            if (call.Results[index] is { } result)
                tensors[result] = results[index];
        }
    }
}

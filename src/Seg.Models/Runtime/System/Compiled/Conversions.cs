using TorchSharp.Interop;
using static TorchSharp.torch;

namespace Seg.Models.Runtime.Compiled;

/// <summary>
/// Puts steps of import and export where a value is needed in the other form: as a map of the plan or as libtorch's tensor. Maps of whole numbers
/// become real ones before they are exported.
/// </summary>
internal static class Conversions
{
    /// <param name="operations">What to do, in order.</param>
    /// <param name="input">The value that comes as a tensor.</param>
    /// <param name="output">The value that is wanted as one.</param>
    /// <param name="type">The type that recorded maps have.</param>
    /// <param name="quantization">Which maps are of whole numbers.</param>
    public static IReadOnlyList<Operation> AddTo(
        IReadOnlyList<Operation> operations, RecordedValue input, RecordedValue output, ScalarType type, Quantization quantization)
    {
        var result = new List<Operation>();
        HashSet<RecordedValue> tensors = [input], maps = [];
        foreach (var operation in operations)
        {
            foreach (var value in operation.Inputs.Distinct())
                Provide(value, asMap: operation is MapOperation { Kind: not PlanStepKind.Import });
            result.Add(operation);
            (operation is MapOperation ? maps : tensors).UnionWith(operation.Results);
        }
        Provide(output, asMap: false);
        return result;

        void Provide(RecordedValue value, bool asMap)
        {
            if (!(asMap ? maps : tensors).Add(value))
                return;
            if (!(asMap ? tensors : maps).Contains(value) || value.Type != type)
                throw new NotCompilableException("an operator reads what none has written");
            if (asMap)
            {
                result.Add(new MapOperation(PlanStepKind.Import, value, value));
                return;
            }
            var exported = value;
            if (quantization.ScalesOf(value) is not null)
                result.Add(new MapOperation(PlanStepKind.Sum, value, exported = new RecordedValue(value.Shape, value.Type, constant: null)));
            result.Add(new MapOperation(PlanStepKind.Export, exported, value));
        }
    }
}

using TorchSharp.Interop;

namespace Seg.Models.Runtime.Compiled;

/// <summary>Brings operations together that can run row by row, so that what passes between them never leaves the cache.</summary>
internal static class RowChains
{
    /// <summary>Moves a 1x1 convolution whose result a single pointwise operation reads to just before that: HRNet's head, where coarser maps come between.</summary>
    public static IReadOnlyList<Operation> BringTogether(IReadOnlyList<Operation> operations)
    {
        var readers = operations.SelectMany(operation => operation.Inputs.Distinct()).CountBy(value => value).ToDictionary();
        var moved = new HashSet<Operation>();
        var before = new Dictionary<Operation, Operation>();
        foreach (var operation in operations.OfType<MapOperation>().Where(operation => operation.IsPointwise))
        {
            var maker = operations.OfType<MapOperation>().FirstOrDefault(maker => maker.Target == operation.Source && maker.Kind == PlanStepKind.Convolution);
            if (maker is { IsPointwise: true } && readers[operation.Source] == 1 && moved.Add(maker))
                before.Add(operation, maker);
        }
        var result = new List<Operation>(operations.Count);
        foreach (var operation in operations.Where(operation => !moved.Contains(operation)))
            AddWithMakers(operation);
        return result;

        void AddWithMakers(Operation operation)
        {
            if (before.TryGetValue(operation, out var maker))
                AddWithMakers(maker);
            result.Add(operation);
        }
    }
}

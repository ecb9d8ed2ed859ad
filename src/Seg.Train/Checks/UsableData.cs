using Seg.Models;

namespace Seg.Train.Checks;

/// <summary>Refuses data that have errors.</summary>
internal static class UsableData
{
    /// <exception cref="InputException">A fault is an error: the first one, with how many more of its kind there are.</exception>
    public static void Require(IReadOnlyList<DataFault> faults)
    {
        var errors = faults.Where(fault => fault.Kind.Severity == FaultSeverity.Error).ToArray();
        if (errors.Length == 0)
            return;
        var more = errors.Count(fault => fault.Kind == errors[0].Kind) - 1;
        throw new InputException(errors[0].Message + (more > 0 ? $"{(more == 1 ? " Another has" : $" {more} more have")} the same fault; 'seg data check' lists them." : ""));
    }
}

using Seg.Models;
using Seg.Models.Configuration;
using Seg.Train.Datasets;

namespace Seg.Train.Checks;

/// <summary>The check of a training's data before its first epoch.</summary>
internal static class StartCheck
{
    /// <returns>What the user should know: a line for each kind of warning.</returns>
    /// <exception cref="InputException">There is an error: the first one, and how many more there are.</exception>
    public static IReadOnlyList<string> Run(RunConfig config, CancellationToken cancellation)
    {
        var data = config.Data!;
        if (data.Check == CheckDepth.None)
            return [];
        DataCheckOptions options = new()
        {
            Depth = data.Check,
            ModelClasses = config.Model.NumClasses,
            BatchSize = config.Train.BatchSize,
            IsBottomUp = config.Model is BottomUpPoseConfig,
        };
        // A quick check is over before an interruption would be missed; a run that is interrupted then still leaves a checkpoint.
        var report = DataCheck.Run(data, options, cancellation: data.Check == CheckDepth.Full ? cancellation : CancellationToken.None);
        // Files that are left out are told when they are met.
        var skips = data.FaultyImages == FaultyImagePolicy.Skip;
        var errors = report.Faults.Where(fault => fault.Kind.Severity == FaultSeverity.Error && !(skips && IsOfOneFile(fault.Kind))).ToArray();
        if (errors.Length > 0)
        {
            var more = errors.Length > 1 ? $" {errors.Length - 1} more errors were found; 'seg data check' lists them." : "";
            throw new InputException(errors[0].Message + more);
        }
        return
        [
            .. report.Faults.Where(fault => fault.Kind.Severity == FaultSeverity.Warning).GroupBy(fault => fault.Kind)
                .Select(kind => kind.First().Message + (kind.Count() > 1 ? $" The same is true {kind.Count() - 1} times more; 'seg data check' tells." : "")),
        ];
    }

    /// <summary>Faults of single files, which <c>faulty_images: skip</c> leaves out.</summary>
    private static bool IsOfOneFile(FaultKind kind) =>
        kind == FaultKinds.MissingFile || kind == FaultKinds.UnreadableFile || kind == FaultKinds.EmptyFile
        || kind == FaultKinds.TruncatedFile || kind == FaultKinds.DamagedFile || kind == FaultKinds.NoImage
        || kind == FaultKinds.SizeMismatch || kind == FaultKinds.ColorMask || kind == FaultKinds.AlphaMask
        || kind == FaultKinds.WideValues || kind == FaultKinds.BadAnnotation || kind == KeypointFaultKinds.AnnotatedSize;
}

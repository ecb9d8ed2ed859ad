namespace Seg.Train.Checks;

/// <summary>One thing that can be wrong with a data set; <see cref="FaultKinds.All"/> lists them.</summary>
/// <param name="Id">Its name in JSON and documentation, in snake_case; never changed.</param>
/// <param name="Severity">Whether it stops a training.</param>
/// <param name="Meaning">What is wrong and what comes of it, for somebody who has never met it. One sentence.</param>
/// <param name="Remedy">What to do. One sentence.</param>
public sealed record FaultKind(string Id, FaultSeverity Severity, string Meaning, string Remedy);

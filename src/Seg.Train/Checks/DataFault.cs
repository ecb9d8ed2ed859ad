namespace Seg.Train.Checks;

/// <summary>One fault that was found in a data set.</summary>
/// <param name="Kind">What is wrong in general, and what to do about it.</param>
/// <param name="Detail">What is wrong here: a sentence that names the file and the values.</param>
public sealed record DataFault(FaultKind Kind, string Detail)
{
    /// <summary>The split in which it was found; null where it concerns several, or the config.</summary>
    public string? Split { get; init; }

    /// <summary>The file at fault, or the first one; null where none is.</summary>
    public string? File { get; init; }

    /// <summary>The class concerned; null where none is.</summary>
    public string? Class { get; init; }

    /// <summary>The annotation concerned, by its id, or by its place in the file where it has none; null where none is.</summary>
    public long? Annotation { get; init; }

    /// <summary>How many files have this fault; of annotations, how many of these.</summary>
    public int Files { get; init; } = 1;

    /// <summary>What is wrong, where, and what to do, on one line.</summary>
    public string Message => $"{Detail} {Kind.Remedy}";
}

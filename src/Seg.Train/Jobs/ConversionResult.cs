namespace Seg.Train.Jobs;

/// <summary>What a conversion wrote.</summary>
/// <param name="Tensors">How many.</param>
/// <param name="Numbers">How many in all of them.</param>
/// <param name="Content">What the file is, beside its format: checked against which network, whether it describes itself.</param>
public sealed record ConversionResult(int Tensors, long Numbers, string Content);

namespace Seg.Predict;

/// <summary>Receives the probabilities of all classes, rows of an image at a time, from the top on; good for the length of the call alone.</summary>
/// <param name="firstRow">The image's row at which the numbers begin.</param>
/// <param name="rows">How many rows there are.</param>
/// <param name="probabilities">By row, then column, then class: rows · width · classes numbers from 0 to 1, which add up to 1 over the classes.</param>
public delegate void ProbabilityRows(int firstRow, int rows, ReadOnlySpan<float> probabilities);

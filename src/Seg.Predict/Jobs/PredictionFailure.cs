namespace Seg.Predict.Jobs;

/// <summary>An input that could not be predicted, while the others were.</summary>
/// <param name="Message">One line, which names the file.</param>
public sealed record PredictionFailure(string Path, string Message);

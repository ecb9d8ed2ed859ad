namespace Seg.Predict.Inputs;

/// <summary>A file behind an input.</summary>
/// <param name="Name">What its results should be called; others may be called so as well.</param>
internal readonly record struct FoundFile(string Path, string Name);

namespace Seg.Train.Datasets;

/// <summary>Where one image and its labels lie.</summary>
/// <param name="Mask">The mask, or the file of shapes it is drawn from; null where the split has no labels.</param>
internal sealed record SamplePaths(string Image, string? Mask);

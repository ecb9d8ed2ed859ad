namespace Seg.Train.Datasets;

/// <summary>Where one image and its mask lie.</summary>
/// <param name="Mask">Null where the split has no labels.</param>
internal sealed record SamplePaths(string Image, string? Mask);

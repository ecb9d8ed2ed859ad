namespace Seg.Models.Heads;

/// <summary>A head that only training needs.</summary>
/// <param name="Head">The head and its maps.</param>
/// <param name="Weight">What each of its outputs counts in the training loss.</param>
public sealed record AuxiliaryHead(HeadOnMaps Head, double Weight);

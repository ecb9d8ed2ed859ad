using Seg.Models.Blocks;

namespace Seg.Models.Backbones;

/// <summary>A residual unit of a ResNet, and the blocks after it.</summary>
/// <param name="Residual">The unit itself.</param>
/// <param name="After">Their keys stand under the unit's, so that those of the unit are the same without blocks.</param>
public sealed record ResNetUnit(Bottleneck Residual, IReadOnlyList<PlacedBlock> After);

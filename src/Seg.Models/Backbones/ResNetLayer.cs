namespace Seg.Models.Backbones;

/// <summary>A stage of a ResNet, and the blocks after it.</summary>
/// <param name="Number">1 to 4; the stage is called layer1 to layer4 in the state dict.</param>
/// <param name="Stage">The residual units.</param>
/// <param name="After">Their keys stand beside those of the stages.</param>
/// <param name="Map">What the stage hands on.</param>
public sealed record ResNetLayer(int Number, ResNetStage Stage, IReadOnlyList<PlacedBlock> After, FeatureMap Map);

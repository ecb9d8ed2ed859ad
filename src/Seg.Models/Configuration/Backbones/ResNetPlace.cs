namespace Seg.Models.Configuration;

/// <summary>Where in a ResNet a block stands.</summary>
public enum ResNetPlace
{
    /// <summary>
    /// In place of the plain stem's 7x7 convolution, at its stride, after a 1x1 convolution that brings the image to the stem's channels.
    /// </summary>
    Stem,

    /// <summary>In place of the 3x3 convolution of residual units, with its norm and ReLU.</summary>
    Convolution,

    /// <summary>Between the 3x3 convolution and the last 1x1 of residual units, as a gate: strip pooling as SPNet has it.</summary>
    Gate,

    /// <summary>After residual units.</summary>
    AfterUnit,

    /// <summary>After whole stages: heads and the next stage get what the block makes of the stage's map.</summary>
    AfterStage,
}

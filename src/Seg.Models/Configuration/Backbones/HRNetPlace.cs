namespace Seg.Models.Configuration;

/// <summary>Where in an HRNet a block stands.</summary>
public enum HRNetPlace
{
    /// <summary>
    /// In place of a residual unit's 3x3 convolution with its norm and ReLU: a bottleneck's only one, a basic block's first. The second has the
    /// shortcut added before its ReLU.
    /// </summary>
    Convolution,

    /// <summary>
    /// As a gate inside a residual unit, so that the shortcut goes by ungated: strip pooling. In a bottleneck between the 3x3 convolution
    /// and the last 1x1, as SPNet has it; in a basic block at its end, before the shortcut is added.
    /// </summary>
    Gate,

    /// <summary>After a branch's residual units, before the fusion.</summary>
    AfterBranch,
}

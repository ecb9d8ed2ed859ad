namespace Seg.Models.Configuration;

/// <summary>What an HRNet's last module fuses into, and with that the maps that the network hands on.</summary>
public enum LastFusion
{
    /// <summary>Every branch: four maps, as the authors' segmentation code has it.</summary>
    All,

    /// <summary>The finest branch alone: one map, as the authors' pose code has it. The module's branches all work, and all flow into it.</summary>
    Finest,
}

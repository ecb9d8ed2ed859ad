namespace Seg.Predict.Drawing;

/// <summary>How label maps are drawn over images.</summary>
public sealed record OverlayOptions
{
    /// <summary>Weight of the class's colour against the image's, 0 (image alone) to 1 (colour alone).</summary>
    public double Opacity { get; init; } = 0.5;

    /// <summary>Whether a thin line parts the classes.</summary>
    public bool Outline { get; init; } = true;

    /// <summary>Whether regions that have room for it bear the name of their class.</summary>
    public bool Labels { get; init; }

    /// <summary>Where the classes are named, with the share of the pixels that each has.</summary>
    public LegendPlacement Legend { get; init; } = LegendPlacement.Below;
}

namespace Seg.Models.Configuration;

/// <summary>How a peak is refined that is so near the border of a heatmap that the codec's own way fails or errs.</summary>
public enum BorderPeaks
{
    /// <summary>As the authors' code does it: see each codec. Errors reach 4 input pixels at the very border.</summary>
    Official,

    /// <summary>
    /// By the slope of the logarithm of the heatmap itself, from the σ that is known; also found are peaks that lie up to one heatmap pixel
    /// outside.
    /// </summary>
    Slope,
}

namespace Seg.Predict.Views;

/// <summary>What each of several overlapping windows counts where they overlap.</summary>
public enum WindowBlend
{
    /// <summary>More the farther a pixel lies from the window's edge, so that no seam is seen: one window fades into the next.</summary>
    Smooth,

    /// <summary>All the same, as the codes of HRNet's authors and MMSegmentation count them: for figures that are to be compared with theirs.</summary>
    Uniform,
}

namespace Seg.Predict.Drawing;

/// <summary>Where an overlay names its classes.</summary>
public enum LegendPlacement
{
    /// <summary>Nowhere.</summary>
    None,

    /// <summary>In a strip under the picture, which makes the overlay higher than the image and hides none of it.</summary>
    Below,

    /// <summary>On a translucent panel in the picture's lower left corner, so that the overlay keeps the image's size, as a video needs.</summary>
    Inside,
}

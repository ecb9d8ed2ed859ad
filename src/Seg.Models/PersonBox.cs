namespace Seg.Models;

/// <summary>A box around a person, in image pixels, as COCO writes it; it may reach beyond the image.</summary>
/// <param name="X">The left edge.</param>
/// <param name="Y">The top edge.</param>
/// <param name="Width">Above 0 in a box that can be cropped.</param>
/// <param name="Height">Above 0 in a box that can be cropped.</param>
public readonly record struct PersonBox(float X, float Y, float Width, float Height)
{
    public float Right => X + Width;

    public float Bottom => Y + Height;

    public float Area => Width * Height;
}

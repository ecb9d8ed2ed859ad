namespace Seg.Models;

/// <summary>A keypoint of an annotation. In which frame it lies (input or image pixels) is said where it stands.</summary>
/// <param name="X">To the right, from 0; pixel centres are at whole numbers.</param>
/// <param name="Y">Downwards, from 0.</param>
/// <param name="Visibility">As in COCO: 0 not labelled (then the place means nothing), 1 labelled but hidden, 2 visible.</param>
public readonly record struct LabelledKeypoint(float X, float Y, int Visibility)
{
    public bool IsLabelled => Visibility > 0;
}

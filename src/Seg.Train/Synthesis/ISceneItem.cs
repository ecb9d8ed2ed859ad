using SkiaSharp;

namespace Seg.Train.Synthesis;

/// <summary>Something that stands in the street.</summary>
internal interface ISceneItem
{
    /// <summary>
    /// Where along the road, in metres, the thing ends on the far side: things are painted by falling order of it, so that the
    /// nearer one covers the farther one.
    /// </summary>
    float Far(float seconds);

    /// <summary>Paints it as it is at that time.</summary>
    void Draw(ScenePainter painter, float seconds);

    /// <summary>Adds the shadow that it casts on the ground to an outline in the picture's pixels.</summary>
    void CastShadow(ScenePainter painter, SKPath outline, float seconds) { }
}

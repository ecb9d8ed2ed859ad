using System.Numerics;
using SkiaSharp;

namespace Seg.Train.Synthesis;

/// <summary>The pole that lamps, signs and traffic lights stand on.</summary>
internal static class Mast
{
    // A pole thinner than this is no longer seen for what it is.
    private const float LeastPixels = 3;

    /// <summary>Draws it on the board that the painter is on, from the ground up to <paramref name="height"/> metres.</summary>
    public static void Draw(ScenePainter painter, float height, float width, SKColor color)
    {
        painter.Line([new(0, 0), new(0, height)], width, color, CityscapesId.Pole, LeastPixels);
        painter.Line([new(-width * 0.22f, 0.2f), new(-width * 0.22f, height)], width * 0.25f, Tint.Times(color, 1.25f));
        painter.Line([new(width * 0.3f, 0.2f), new(width * 0.3f, height)], width * 0.3f, Tint.Times(color, 0.7f));
        painter.Box(-width * 0.8f, 0, width * 0.8f, 0.5f, Tint.Times(color, 0.85f), CityscapesId.Pole);
    }

    public static void CastShadow(ScenePainter painter, SKPath outline, Vector2 foot, float height, float width)
    {
        var (run, across) = (ShadowOutline.PerMetre(painter.Light) * height, new Vector2(width / 2, 0));
        ShadowOutline.Add(painter, outline, [foot - across, foot + across, foot + across + run, foot - across + run]);
    }
}

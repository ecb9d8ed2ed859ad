using SkiaSharp;

namespace Seg.Train.Synthesis;

/// <summary>Paints the things of a scene: first the shadows of all, then each before those that are nearer.</summary>
internal static class SceneOrder
{
    public static void Draw(ScenePainter painter, IReadOnlyList<ISceneItem> items, float seconds)
    {
        if (painter.Light.Shadow > 0)
        {
            using SKPath shadows = new();
            foreach (var item in items)
                item.CastShadow(painter, shadows, seconds);
            painter.Shade(shadows, painter.Light.Shadow);
        }
        foreach (var item in items.OrderByDescending(item => item.Far(seconds)))
            item.Draw(painter, seconds);
    }
}

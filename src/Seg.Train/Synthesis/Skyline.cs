using SkiaSharp;

namespace Seg.Train.Synthesis;

/// <summary>What closes the view at the end of the street: far buildings and trees in the haze.</summary>
internal sealed class Skyline(ulong seed, float distance) : ISceneItem
{
    public float Far(float seconds) => float.MaxValue;

    public void Draw(ScenePainter painter, float seconds)
    {
        SceneRandom random = new(seed);
        // It goes along with the camera, as what is very far seems to.
        var z = painter.Camera.Z + distance;
        var reach = distance * 1.1f;
        if (!painter.EnterBoard(painter.Camera.X, 0, z))
            return;
        for (var x = -reach; x < reach;)
        {
            var width = random.Range(0.04f, 0.12f) * distance;
            var height = random.Range(0.05f, 0.13f) * distance;
            var color = painter.Lit(Tint.Vary(random.Pick<SKColor>(Building.Plasters), random, 0.2f), new(0, 0, -1));
            painter.Box(x, -2, x + width * 1.02f, height, color, CityscapesId.Building);
            for (var floor = 2.5f; floor < height - 2; floor += 4)
                painter.Box(x + 2, floor, x + width - 2, floor + 1.6f, Tint.Times(color, 0.84f));
            x += width;
        }
        for (var x = -reach; x < reach;)
        {
            var width = random.Range(0.03f, 0.09f) * distance;
            if (random.Chance(0.6f))
            {
                var green = painter.Lit(Tint.Vary(Tree.Greens[random.Integer(Tree.Greens.Length)], random, 0.25f), new(0, 0.6f, -0.8f));
                for (var i = 0; i < 6; i++)
                    painter.Disc(x + random.Range(0, width), random.Range(0, 0.035f) * distance, width * random.Range(0.2f, 0.4f),
                        distance * random.Range(0.015f, 0.03f), Tint.Vary(green, random, 0.15f), CityscapesId.Vegetation);
            }
            x += width;
        }
        painter.LeaveBoard();
    }
}

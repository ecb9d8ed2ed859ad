using System.Numerics;
using SkiaSharp;

namespace Seg.Train.Synthesis.Figures;

/// <summary>Things that lie and stand about, some of them like a head or a limb in shape or colour.</summary>
internal static class Clutter
{
    public static IEnumerable<ISceneItem> Create(SceneRandom random, float floor, float depth)
    {
        List<ISceneItem> things = [];
        for (var i = random.Integer(7); i > 0; i--)
        {
            var z = random.Range(2.6f, depth);
            var place = new Vector3(random.Range(-0.6f, 0.6f) * z, floor, z);
            var color = Tint.Vary(SKColor.FromHsv(random.Range(0, 360), random.Range(5, 80), random.Range(30, 95)), random, 0.1f);
            if (random.Chance(0.2f))
                color = Tint.Vary(new SKColor(222, 172, 138), random, 0.15f);
            var radius = random.Range(0.06f, 0.22f);
            var lift = random.Chance(0.3f) ? random.Range(0.8f, 2.2f) : 0;
            things.Add(random.Unit() switch
            {
                < 0.35f => new Ball(new Sphere(place + new Vector3(0, radius + lift, 0), radius), floor, color),
                < 0.7f => new Crate(place, random.Range(0, 90),
                    new(random.Range(0.2f, 0.8f), random.Range(0.2f, 0.9f), random.Range(0.2f, 0.8f)), color),
                _ => new Rack(random, place),
            });
        }
        return things;
    }
}

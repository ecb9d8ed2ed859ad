using System.Numerics;
using SkiaSharp;

namespace Seg.Train.Synthesis;

/// <summary>A passenger car: one line from the rear bumper over the roof to the front, drawn out to the car's width, narrower at the roof.</summary>
internal sealed class CarBody : VehicleBody
{
    private const float RoofNarrows = 0.78f, Sill = 0.3f;

    /// <summary>Where the rear window begins, the roof begins and ends and the windscreen ends, as shares of the length from the rear.</summary>
    private readonly float deck, roofRear, roofFront, screen;
    private readonly float waist, hood;

    private CarBody(float deck, float roofRear, float roofFront, float screen, float waist, float hood) =>
        (this.deck, this.roofRear, this.roofFront, this.screen, this.waist, this.hood) = (deck, roofRear, roofFront, screen, waist, hood);

    public override byte Label => CityscapesId.Car;

    public static CarBody Create(SceneRandom random, SKColor paint)
    {
        var kind = random.Integer(4);
        var (length, height) = kind switch { 0 => (4.6f, 1.44f), 1 => (3.9f, 1.5f), 2 => (4.6f, 1.72f), _ => (4.5f, 1.48f) };
        height *= random.Range(0.97f, 1.06f);
        var waist = height * random.Range(0.62f, 0.67f);
        return kind switch
        {
            // saloon, hatchback, off-roader, estate
            0 => new CarBody(0.17f, 0.3f, 0.55f, 0.73f, waist, waist * 0.86f) { Length = length, Width = 1.8f, Height = height, Paint = paint },
            1 => new CarBody(0.03f, 0.12f, 0.56f, 0.76f, waist, waist * 0.88f) { Length = length, Width = 1.74f, Height = height, Paint = paint },
            2 => new CarBody(0.03f, 0.09f, 0.57f, 0.74f, waist, waist * 0.93f) { Length = length, Width = 1.88f, Height = height, Paint = paint },
            _ => new CarBody(0.03f, 0.08f, 0.54f, 0.73f, waist, waist * 0.87f) { Length = length, Width = 1.8f, Height = height, Paint = paint },
        };
    }

    public override void Build(Solid solid, ScenePainter painter, bool detailed)
    {
        var glass = Glass(painter, 0.3f);
        var bumper = Tint.Mix(Paint, Dark, 0.45f);
        Vector2[] line =                                   // share of the length, height
        [
            new(0.02f, Sill), new(0, 0.55f), new(0.015f, waist), new(deck, waist + 0.06f), new(roofRear, Height), new(roofFront, Height),
            new(screen, waist), new(0.965f, hood), new(1, 0.52f), new(0.98f, Sill - 0.03f),
        ];
        SKColor[] colors = [bumper, Paint, Paint, Paint, Paint, Paint, Paint, Paint, bumper];
        for (var i = 0; i + 1 < line.Length; i++)
        {
            solid.Add(colors[i], i is 2 or 4 or 6 ? 0.34f : 0.08f, Across(line[i], line[i + 1], 0, 1, 1));
            if (i is 3 or 5)                                // rear window and windscreen
                solid.Detail(i == 5 ? Glass(painter, 0.42f) : glass, false, Across(line[i], line[i + 1], 0.1f, 0.94f, 0.88f));
            if (detailed && i == 1)
                AddRear(solid, painter, line[1], line[2]);
            if (detailed && i == 7)
                AddFront(solid, painter, line[7], line[8]);
        }
        // What is dark beneath the car and between its wheels.
        foreach (var end in (ReadOnlySpan<float>)[0.06f, 0.94f])
            solid.Add(Rubber, 0, Across(new(end, 0.14f), new(end, Sill + 0.02f), 0, 1, 0.96f));
        foreach (var side in (ReadOnlySpan<float>)[-1, 1])
            AddSide(solid, painter, side, line, glass, detailed);
    }

    private void AddSide(Solid solid, ScenePainter painter, float side, Vector2[] line, SKColor glass, bool detailed)
    {
        Vector3 At(Vector2 point, float outward = 1) => new(side * HalfWidth(point.Y) * outward, point.Y, (point.X - 0.5f) * Length);
        foreach (var wheel in (ReadOnlySpan<float>)[0.19f, 0.81f])
            AddWheel(solid, side * Width / 2 * 0.97f, (wheel - 0.5f) * Length, 0.33f);

        solid.Add(Paint, 0.1f, At(line[0]), At(line[1]), At(line[2]), At(line[3]), At(line[6]), At(line[7]), At(line[8]), At(line[9]));
        foreach (var wheel in (ReadOnlySpan<float>)[0.19f, 0.81f])
        {
            // the wheel house, and the wheel within it
            solid.Detail(new SKColor(22, 22, 24), false, Arch(side, wheel, 0.39f));
            solid.Detail(Rubber, false, Arch(side, wheel, 0.33f));
            solid.Detail(new SKColor(128, 130, 134), false, Arch(side, wheel, 0.2f));
        }
        if (detailed)
        {
            foreach (var door in (ReadOnlySpan<float>)[0.34f, 0.54f])
                solid.Detail(Tint.Times(Paint, 0.62f), false, At(new(door, Sill + 0.1f)), At(new(door, waist)), At(new(door + 0.006f, waist)), At(new(door + 0.006f, Sill + 0.1f)));
            solid.Detail(Tint.Times(Paint, 0.75f), false, At(new(0.3f, Sill)), At(new(0.3f, Sill + 0.1f)), At(new(0.7f, Sill + 0.1f)), At(new(0.7f, Sill)));
        }

        solid.Add(Paint, 0.08f, At(line[3]), At(line[4]), At(line[5]), At(line[6]));
        var (rear, front) = (Inside(line, 0.1f), Inside(line, 0.9f));
        var pillar = (rear.Top + front.Top) / 2;
        solid.Detail(glass, false, At(new(rear.Bottom, waist + 0.07f)), At(new(rear.Top, Height - 0.09f)), At(new(pillar - 0.012f, Height - 0.09f)), At(new(pillar - 0.012f, waist + 0.07f)));
        solid.Detail(glass, false, At(new(pillar + 0.012f, waist + 0.07f)), At(new(pillar + 0.012f, Height - 0.09f)), At(new(front.Top, Height - 0.09f)), At(new(front.Bottom, waist + 0.07f)));
    }

    private void AddRear(Solid solid, ScenePainter painter, Vector2 bottom, Vector2 top)
    {
        foreach (var side in (ReadOnlySpan<float>)[-1, 1])
            AddLamp(solid, painter, RearLamp, new SKColor(255, 52, 40), On(bottom, top, side * 0.96f, 0.5f), On(bottom, top, side * 0.96f, 0.92f),
                On(bottom, top, side * 0.66f, 0.92f), On(bottom, top, side * 0.66f, 0.5f));
        solid.Detail(new SKColor(222, 222, 210), false, On(bottom, top, -0.28f, 0.22f), On(bottom, top, -0.28f, 0.5f), On(bottom, top, 0.28f, 0.5f), On(bottom, top, 0.28f, 0.22f));
        solid.Detail(Tint.Times(Paint, 0.7f), false, On(bottom, top, -1, 0.02f), On(bottom, top, -1, 0.08f), On(bottom, top, 1, 0.08f), On(bottom, top, 1, 0.02f));
    }

    private void AddFront(Solid solid, ScenePainter painter, Vector2 top, Vector2 bottom)
    {
        foreach (var side in (ReadOnlySpan<float>)[-1, 1])
            AddLamp(solid, painter, FrontLamp, new SKColor(255, 252, 236), On(bottom, top, side * 0.95f, 0.55f), On(bottom, top, side * 0.95f, 0.92f),
                On(bottom, top, side * 0.58f, 0.92f), On(bottom, top, side * 0.58f, 0.55f));
        solid.Detail(Dark, false, On(bottom, top, -0.5f, 0.12f), On(bottom, top, -0.5f, 0.86f), On(bottom, top, 0.5f, 0.86f), On(bottom, top, 0.5f, 0.12f));
        solid.Detail(new SKColor(222, 222, 214), false, On(bottom, top, -0.26f, 0.06f), On(bottom, top, -0.26f, 0.32f), On(bottom, top, 0.26f, 0.32f), On(bottom, top, 0.26f, 0.06f));
    }

    /// <summary>Half the car's width at a height: less above the waist.</summary>
    private float HalfWidth(float height) =>
        Width / 2 * (height <= waist + 0.07f ? 1 : 1 - (1 - RoofNarrows) * (height - waist) / (Height - waist));

    /// <summary>A piece of the line drawn out to the car's width: from one share of its way to another, and only so much of the width.</summary>
    private Vector3[] Across(Vector2 from, Vector2 to, float start, float end, float width)
    {
        var (a, b) = (Vector2.Lerp(from, to, start), Vector2.Lerp(from, to, end));
        float wa = HalfWidth(a.Y) * width, wb = HalfWidth(b.Y) * width, za = (a.X - 0.5f) * Length, zb = (b.X - 0.5f) * Length;
        return [new(-wa, a.Y, za), new(wa, a.Y, za), new(wb, b.Y, zb), new(-wb, b.Y, zb)];
    }

    private Vector3 On(Vector2 bottom, Vector2 top, float across, float up)
    {
        var at = Vector2.Lerp(bottom, top, up);
        return new(across * HalfWidth(at.Y), at.Y, (at.X - 0.5f) * Length);
    }

    private Vector3[] Arch(float side, float wheel, float radius)
    {
        var corners = new Vector3[12];
        for (var i = 0; i < corners.Length; i++)
        {
            var (sine, cosine) = MathF.SinCos(i * MathF.Tau / corners.Length);
            corners[i] = new(side * Width / 2 * 1.001f, 0.33f + radius * sine, (wheel - 0.5f) * Length + radius * cosine);
        }
        return corners;
    }

    /// <summary>Where a line at a share of the way from the rear window to the windscreen stands, at the waist and at the roof.</summary>
    private static (float Bottom, float Top) Inside(Vector2[] line, float share) =>
        (float.Lerp(line[3].X, line[6].X, share), float.Lerp(line[4].X, line[5].X, share));
}

using System.Numerics;
using SkiaSharp;

namespace Seg.Train.Synthesis;

/// <summary>
/// A passenger car: one line from the rear bumper over the roof to the front, drawn out to the car's width, narrower at the roof.
/// </summary>
internal sealed class CarBody : VehicleBody
{
    private const float RoofNarrows = 0.78f, Sill = 0.3f;

    /// <summary>
    /// Where the rear window begins, the roof begins and ends and the windscreen ends, as shares of the length from the rear.
    /// </summary>
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
        var (deck, roofRear, roofFront, screen, bonnet, width) = kind switch
        {
            0 => (0.17f, 0.3f, 0.55f, 0.73f, 0.86f, 1.8f),      // saloon
            1 => (0.03f, 0.12f, 0.56f, 0.76f, 0.88f, 1.74f),    // hatchback
            2 => (0.03f, 0.09f, 0.57f, 0.74f, 0.93f, 1.88f),    // off-roader
            _ => (0.03f, 0.08f, 0.54f, 0.73f, 0.87f, 1.8f),     // estate
        };
        return new CarBody(deck, roofRear, roofFront, screen, waist, waist * bonnet)
        {
            Length = length,
            Width = width,
            Height = height,
            Paint = paint,
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
        Vector3 At(Vector2 point) => new(side * HalfWidth(point.Y), point.Y, (point.X - 0.5f) * Length);
        foreach (var wheel in (ReadOnlySpan<float>)[0.19f, 0.81f])
            AddWheel(solid, side * Width / 2 * 0.97f, (wheel - 0.5f) * Length, 0.33f);

        solid.Add(Paint, 0.1f, [.. from i in (int[])[0, 1, 2, 3, 6, 7, 8, 9] select At(line[i])]);
        foreach (var wheel in (ReadOnlySpan<float>)[0.19f, 0.81f])
        {
            // the wheel house, and the wheel within it
            solid.Detail(new SKColor(22, 22, 24), false, Arch(side, wheel, 0.39f));
            solid.Detail(Rubber, false, Arch(side, wheel, 0.33f));
            solid.Detail(new SKColor(128, 130, 134), false, Arch(side, wheel, 0.2f));
        }
        if (detailed)
        {
            var x = side * Width / 2;
            foreach (var door in (ReadOnlySpan<float>)[0.34f, 0.54f])
                solid.Detail(Tint.Times(Paint, 0.62f), false,
                    Along(x, (door - 0.5f) * Length, (door - 0.494f) * Length, Sill + 0.1f, waist));
            solid.Detail(Tint.Times(Paint, 0.75f), false, Along(x, -0.2f * Length, 0.2f * Length, Sill, Sill + 0.1f));
        }

        solid.Add(Paint, 0.08f, At(line[3]), At(line[4]), At(line[5]), At(line[6]));
        var (low, high) = (waist + 0.07f, Height - 0.09f);
        foreach (var (from, to) in (ReadOnlySpan<(float, float)>)[(0.1f, 0.49f), (0.53f, 0.9f)])
        {
            var (rear, front) = (Inside(line, from), Inside(line, to));
            solid.Detail(glass, false, At(new(rear.Bottom, low)), At(new(rear.Top, high)), At(new(front.Top, high)),
                At(new(front.Bottom, low)));
        }
    }

    private void AddRear(Solid solid, ScenePainter painter, Vector2 bottom, Vector2 top)
    {
        foreach (var side in (ReadOnlySpan<float>)[-1, 1])
            AddLamp(solid, painter, RearLamp, new SKColor(255, 52, 40), On(bottom, top, side * 0.96f, side * 0.66f, 0.5f, 0.92f));
        solid.Detail(new SKColor(222, 222, 210), false, On(bottom, top, -0.28f, 0.28f, 0.22f, 0.5f));
        solid.Detail(Tint.Times(Paint, 0.7f), false, On(bottom, top, -1, 1, 0.02f, 0.08f));
    }

    private void AddFront(Solid solid, ScenePainter painter, Vector2 top, Vector2 bottom)
    {
        foreach (var side in (ReadOnlySpan<float>)[-1, 1])
            AddLamp(solid, painter, FrontLamp, new SKColor(255, 252, 236), On(bottom, top, side * 0.95f, side * 0.58f, 0.55f, 0.92f));
        solid.Detail(Dark, false, On(bottom, top, -0.5f, 0.5f, 0.12f, 0.86f));
        solid.Detail(new SKColor(222, 222, 214), false, On(bottom, top, -0.26f, 0.26f, 0.06f, 0.32f));
    }

    /// <summary>Half the car's width at a height: less above the waist.</summary>
    private float HalfWidth(float height) =>
        Width / 2 * (height <= waist + 0.07f ? 1 : 1 - (1 - RoofNarrows) * (height - waist) / (Height - waist));

    /// <summary>
    /// A piece of the line drawn out to the car's width: from one share of its way to another, and only so much of the width.
    /// </summary>
    private Vector3[] Across(Vector2 from, Vector2 to, float start, float end, float width)
    {
        var (a, b) = (Vector2.Lerp(from, to, start), Vector2.Lerp(from, to, end));
        float wa = HalfWidth(a.Y) * width, wb = HalfWidth(b.Y) * width, za = (a.X - 0.5f) * Length, zb = (b.X - 0.5f) * Length;
        return [new(-wa, a.Y, za), new(wa, a.Y, za), new(wb, b.Y, zb), new(-wb, b.Y, zb)];
    }

    /// <summary>A part of the face between two places of the line: from −1 to 1 across it, from 0 to 1 up it.</summary>
    private Vector3[] On(Vector2 bottom, Vector2 top, float left, float right, float low, float high)
    {
        Vector3 At(float across, float up)
        {
            var at = Vector2.Lerp(bottom, top, up);
            return new(across * HalfWidth(at.Y), at.Y, (at.X - 0.5f) * Length);
        }
        return [At(left, low), At(left, high), At(right, high), At(right, low)];
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

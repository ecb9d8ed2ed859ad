using System.Numerics;
using SkiaSharp;

namespace Seg.Train.Synthesis;

/// <summary>A van, bus or truck: one box, or two of them.</summary>
internal sealed class BoxBody : VehicleBody
{
    private readonly byte label;
    private readonly float bonnet;                          // metres of the length that the windscreen leans back
    private readonly float load;                            // share of the length, from the rear, that is the load's own box; 0 without
    private readonly bool windowsAllAlong;
    private readonly SKColor loadPaint;

    private BoxBody(byte label, float bonnet, float load, bool windowsAllAlong, SKColor loadPaint) =>
        (this.label, this.bonnet, this.load, this.windowsAllAlong, this.loadPaint) = (label, bonnet, load, windowsAllAlong, loadPaint);

    public override byte Label => label;

    public static BoxBody Van(SceneRandom random, SKColor paint) =>
        new(CityscapesId.Car, 0.9f, 0, random.Chance(0.4f), paint) { Length = random.Range(4.8f, 5.6f), Width = 1.95f, Height = random.Range(1.95f, 2.3f), Paint = paint };

    public static BoxBody Bus(SceneRandom random, SKColor paint) =>
        new(CityscapesId.Bus, 0.15f, 0, true, paint)
        {
            Length = random.Range(9, 12), Width = 2.5f, Height = random.Range(2.9f, 3.2f),
            Paint = random.Chance(0.6f) ? Tint.Vary(random.Pick<SKColor>([new(190, 52, 42), new(226, 192, 70), new(70, 120, 170), new(210, 210, 206)]), random, 0.1f) : paint,
        };

    public static BoxBody Truck(SceneRandom random, SKColor paint) =>
        new(CityscapesId.Truck, 0.15f, random.Range(0.68f, 0.76f), false, Tint.Vary(random.Pick<SKColor>([new(216, 214, 206), new(176, 182, 186), new(92, 110, 84), new(150, 62, 50)]), random, 0.12f))
        {
            Length = random.Range(6.5f, 9), Width = 2.45f, Height = random.Range(2.9f, 3.5f), Paint = paint,
        };

    public override void Build(Solid solid, ScenePainter painter, bool detailed)
    {
        var (rear, front) = (-Length / 2, Length / 2);
        var cabin = rear + load * Length;
        var cabinHeight = load > 0 ? Height * 0.82f : Height;
        if (load > 0)
            AddBox(solid, rear, cabin - 0.15f, 0.9f, Height, Width / 2, loadPaint);
        else
            AddRear(solid, painter, rear, detailed);
        AddBox(solid, cabin, front, 0.38f, cabinHeight, Width / 2, Paint, frontToo: false);
        AddCabin(solid, painter, front, cabinHeight, detailed);
        solid.Add(Rubber, 0, Across(rear + 0.3f, 0.15f, 0.95f));
        solid.Add(Rubber, 0, Across(front - 0.3f, 0.15f, 0.45f));
        foreach (var side in (ReadOnlySpan<float>)[-1, 1])
            AddSide(solid, painter, side, rear, front, cabin, cabinHeight);
    }

    private void AddSide(Solid solid, ScenePainter painter, float side, float rear, float front, float cabin, float cabinHeight)
    {
        var x = side * Width / 2;
        var glass = Glass(painter, 0.35f);
        solid.Add(Paint, 0.08f, new(x, 0.38f, cabin), new(x, cabinHeight, cabin), new(x, cabinHeight, front - bonnet), new(x, cabinHeight * 0.55f, front), new(x, 0.38f, front));
        var (bottom, top) = (cabinHeight * 0.52f, cabinHeight * 0.86f);
        var step = label == CityscapesId.Bus ? 1.5f : 1.2f;
        for (var z = windowsAllAlong ? rear + 0.3f : front - bonnet - 1.1f; z + step * 0.5f < front - bonnet * 0.4f; z += step)
            solid.Detail(glass, false, new(x, bottom, z), new(x, top, z), new(x, top, Math.Min(z + step * 0.9f, front - bonnet)), new(x, bottom, Math.Min(z + step * 0.9f, front - bonnet * 0.3f)));
        solid.Detail(Tint.Times(Paint, 0.7f), false, new(x, 0.38f, cabin), new(x, 0.6f, cabin), new(x, 0.6f, front), new(x, 0.38f, front));
        var radius = label == CityscapesId.Car ? 0.34f : 0.48f;
        foreach (var wheel in (ReadOnlySpan<float>)[0.2f, 0.84f])
            AddWheel(solid, x * 1.004f, rear + wheel * Length, radius);
    }

    private void AddRear(Solid solid, ScenePainter painter, float rear, bool detailed)
    {
        var w = Width / 2;
        solid.Add(Paint, 0.05f, new(-w, 0.38f, rear), new(w, 0.38f, rear), new(w, Height, rear), new(-w, Height, rear));
        solid.Detail(Glass(painter, 0.3f), false, new(-w * 0.8f, Height * 0.56f, rear), new(w * 0.8f, Height * 0.56f, rear), new(w * 0.76f, Height * 0.86f, rear), new(-w * 0.76f, Height * 0.86f, rear));
        if (!detailed)
            return;
        foreach (var side in (ReadOnlySpan<float>)[-1, 1])
            AddLamp(solid, painter, RearLamp, new SKColor(255, 52, 40), new(side * w * 0.97f, 0.8f, rear), new(side * w * 0.97f, 1.25f, rear), new(side * w * 0.8f, 1.25f, rear), new(side * w * 0.8f, 0.8f, rear));
        solid.Detail(new SKColor(222, 222, 210), false, new(-0.26f, 0.62f, rear), new(0.26f, 0.62f, rear), new(0.26f, 0.76f, rear), new(-0.26f, 0.76f, rear));
        solid.Detail(Dark, false, new(-w, 0.38f, rear), new(w, 0.38f, rear), new(w, 0.56f, rear), new(-w, 0.56f, rear));
    }

    private void AddCabin(Solid solid, ScenePainter painter, float front, float top, bool detailed)
    {
        var (w, knee) = (Width / 2, top * 0.55f);
        solid.Add(Paint, 0.2f, new(-w, knee, front), new(w, knee, front), new(w, top, front - bonnet), new(-w, top, front - bonnet));
        var (low, high) = (Vector2.Lerp(new(knee, front), new(top, front - bonnet), 0.06f), Vector2.Lerp(new(knee, front), new(top, front - bonnet), 0.86f));
        solid.Detail(Glass(painter, 0.42f), false, new(-w * 0.9f, low.X, low.Y), new(w * 0.9f, low.X, low.Y), new(w * 0.86f, high.X, high.Y), new(-w * 0.86f, high.X, high.Y));
        solid.Add(Paint, 0.06f, new(-w, 0.35f, front), new(w, 0.35f, front), new(w, knee, front), new(-w, knee, front));
        if (!detailed)
            return;
        foreach (var side in (ReadOnlySpan<float>)[-1, 1])
            AddLamp(solid, painter, FrontLamp, new SKColor(255, 252, 236), new(side * w * 0.94f, 0.62f, front), new(side * w * 0.94f, 0.86f, front), new(side * w * 0.66f, 0.86f, front), new(side * w * 0.66f, 0.62f, front));
        solid.Detail(Dark, false, new(-w * 0.5f, 0.5f, front), new(w * 0.5f, 0.5f, front), new(w * 0.5f, knee * 0.86f, front), new(-w * 0.5f, knee * 0.86f, front));
    }

    private void AddBox(Solid solid, float from, float to, float bottom, float top, float w, SKColor paint, bool frontToo = true)
    {
        solid.Add(paint, 0.15f, new(-w, top, from), new(w, top, from), new(w, top, frontToo ? to : to - bonnet), new(-w, top, frontToo ? to : to - bonnet));
        if (!frontToo)
            return;
        solid.Add(paint, 0.03f, new(-w, bottom, from), new(w, bottom, from), new(w, top, from), new(-w, top, from));
        solid.Detail(Tint.Times(paint, 0.8f), false, new(-0.02f, bottom, from), new(0.02f, bottom, from), new(0.02f, top, from), new(-0.02f, top, from));
        solid.Detail(RearLamp, false, new(-w, bottom, from), new(w, bottom, from), new(w, bottom + 0.14f, from), new(-w, bottom + 0.14f, from));
        solid.Add(paint, 0.03f, new(-w, bottom, to), new(w, bottom, to), new(w, top, to), new(-w, top, to));
        foreach (var x in (ReadOnlySpan<float>)[-w, w])
            solid.Add(paint, 0.03f, new(x, bottom, from), new(x, top, from), new(x, top, to), new(x, bottom, to));
    }

    private Vector3[] Across(float z, float bottom, float top)
    {
        var w = Width / 2 * 0.95f;
        return [new(-w, bottom, z), new(w, bottom, z), new(w, top, z), new(-w, top, z)];
    }
}

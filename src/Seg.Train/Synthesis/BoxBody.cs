using System.Numerics;
using SkiaSharp;

namespace Seg.Train.Synthesis;

/// <summary>A van, bus or truck: one box, or two of them.</summary>
internal sealed class BoxBody : VehicleBody
{
    private const float Floor = 0.38f;

    private static readonly SKColor[] BusPaints = [new(190, 52, 42), new(226, 192, 70), new(70, 120, 170), new(210, 210, 206)];
    private static readonly SKColor[] LoadPaints = [new(216, 214, 206), new(176, 182, 186), new(92, 110, 84), new(150, 62, 50)];

    private readonly byte label;
    private readonly float lean, load;
    private readonly bool windowsAllAlong;
    private readonly SKColor loadPaint;

    /// <param name="label">Its class.</param>
    /// <param name="lean">Metres that the windscreen leans back.</param>
    /// <param name="load">Share of the length, from the rear, that is a box of its own for the load; 0 without.</param>
    /// <param name="windowsAllAlong">Whether there are windows behind the driver's.</param>
    /// <param name="loadPaint">Colour of the load's box.</param>
    private BoxBody(byte label, float lean, float load, bool windowsAllAlong, SKColor loadPaint) =>
        (this.label, this.lean, this.load, this.windowsAllAlong, this.loadPaint) = (label, lean, load, windowsAllAlong, loadPaint);

    public override byte Label => label;

    private float CabinHeight => load > 0 ? Height * 0.82f : Height;

    public static BoxBody Van(SceneRandom random, SKColor paint) => new(CityscapesId.Car, 0.9f, 0, random.Chance(0.4f), paint)
    {
        Length = random.Range(4.8f, 5.6f),
        Width = 1.95f,
        Height = random.Range(1.95f, 2.3f),
        Paint = paint,
    };

    public static BoxBody Bus(SceneRandom random, SKColor paint) => new(CityscapesId.Bus, 0.15f, 0, true, paint)
    {
        Length = random.Range(9, 12),
        Width = 2.5f,
        Height = random.Range(2.9f, 3.2f),
        Paint = random.Chance(0.6f) ? Tint.Vary(random.Pick<SKColor>(BusPaints), random, 0.1f) : paint,
    };

    public static BoxBody Truck(SceneRandom random, SKColor paint) =>
        new(CityscapesId.Truck, 0.15f, random.Range(0.68f, 0.76f), false, Tint.Vary(random.Pick<SKColor>(LoadPaints), random, 0.12f))
        {
            Length = random.Range(6.5f, 9),
            Width = 2.45f,
            Height = random.Range(2.9f, 3.5f),
            Paint = paint,
        };

    public override void Build(Solid solid, ScenePainter painter, bool detailed)
    {
        var (rear, front, w) = (-Length / 2, Length / 2, Width / 2);
        var cabin = rear + load * Length;
        if (load > 0)
            AddLoad(solid, rear, cabin - 0.15f, w);
        else
            AddRear(solid, painter, rear, w, detailed);
        solid.Add(Paint, 0.15f, new(-w, CabinHeight, cabin), new(w, CabinHeight, cabin), new(w, CabinHeight, front - lean),
            new(-w, CabinHeight, front - lean));
        AddFront(solid, painter, front, w, detailed);
        solid.Add(Rubber, 0, Across(rear + 0.3f, -0.95f * w, 0.95f * w, 0.15f, 0.95f));
        solid.Add(Rubber, 0, Across(front - 0.3f, -0.95f * w, 0.95f * w, 0.15f, 0.45f));
        foreach (var x in (ReadOnlySpan<float>)[-w, w])
            AddSide(solid, painter, x, rear, front, cabin);
    }

    private void AddSide(Solid solid, ScenePainter painter, float x, float rear, float front, float cabin)
    {
        var glass = Glass(painter, 0.35f);
        solid.Add(Paint, 0.08f, new(x, Floor, cabin), new(x, CabinHeight, cabin), new(x, CabinHeight, front - lean),
            new(x, CabinHeight * 0.55f, front), new(x, Floor, front));
        var step = label == CityscapesId.Bus ? 1.5f : 1.2f;
        var (bottom, top) = (CabinHeight * 0.52f, CabinHeight * 0.86f);
        for (var z = windowsAllAlong ? rear + 0.3f : front - lean - 1.1f; z + step * 0.5f < front - lean * 0.4f; z += step)
        {
            var end = z + step * 0.9f;                      // the foremost window leans with the windscreen
            solid.Detail(glass, false, new(x, bottom, z), new(x, top, z), new(x, top, Math.Min(end, front - lean)),
                new(x, bottom, Math.Min(end, front - lean * 0.3f)));
        }
        solid.Detail(Tint.Times(Paint, 0.7f), false, Along(x, cabin, front, Floor, 0.6f));
        foreach (var wheel in (ReadOnlySpan<float>)[0.2f, 0.84f])
            AddWheel(solid, x * 1.004f, rear + wheel * Length, label == CityscapesId.Car ? 0.34f : 0.48f);
    }

    private void AddRear(Solid solid, ScenePainter painter, float rear, float w, bool detailed)
    {
        solid.Add(Paint, 0.05f, Across(rear, -w, w, Floor, Height));
        solid.Detail(Glass(painter, 0.3f), false, Across(rear, -0.78f * w, 0.78f * w, Height * 0.56f, Height * 0.86f));
        if (!detailed)
            return;
        foreach (var side in (ReadOnlySpan<float>)[-w, w])
            AddLamp(solid, painter, RearLamp, new SKColor(255, 52, 40), Across(rear, 0.97f * side, 0.8f * side, 0.8f, 1.25f));
        solid.Detail(new SKColor(222, 222, 210), false, Across(rear, -0.26f, 0.26f, 0.62f, 0.76f));
        solid.Detail(Dark, false, Across(rear, -w, w, Floor, 0.56f));
    }

    private void AddFront(Solid solid, ScenePainter painter, float front, float w, bool detailed)
    {
        // The windscreen stands on the front's lower part and leans back from there.
        Vector2 knee = new(CabinHeight * 0.55f, front), top = new(CabinHeight, front - lean);
        Vector3[] Leaning(float low, float high, float half)
        {
            var (a, b) = (Vector2.Lerp(knee, top, low), Vector2.Lerp(knee, top, high));
            return [new(-half, a.X, a.Y), new(half, a.X, a.Y), new(half, b.X, b.Y), new(-half, b.X, b.Y)];
        }
        solid.Add(Paint, 0.2f, Leaning(0, 1, w));
        solid.Detail(Glass(painter, 0.42f), false, Leaning(0.06f, 0.86f, 0.88f * w));
        solid.Add(Paint, 0.06f, Across(front, -w, w, 0.35f, knee.X));
        if (!detailed)
            return;
        foreach (var side in (ReadOnlySpan<float>)[-w, w])
            AddLamp(solid, painter, FrontLamp, new SKColor(255, 252, 236), Across(front, 0.94f * side, 0.66f * side, 0.62f, 0.86f));
        solid.Detail(Dark, false, Across(front, -0.5f * w, 0.5f * w, 0.5f, knee.X * 0.86f));
    }

    private void AddLoad(Solid solid, float from, float to, float w)
    {
        const float bottom = 0.9f;
        solid.Add(loadPaint, 0.15f, new(-w, Height, from), new(w, Height, from), new(w, Height, to), new(-w, Height, to));
        solid.Add(loadPaint, 0.03f, Across(from, -w, w, bottom, Height));
        solid.Detail(Tint.Times(loadPaint, 0.8f), false, Across(from, -0.02f, 0.02f, bottom, Height));
        solid.Detail(RearLamp, false, Across(from, -w, w, bottom, bottom + 0.14f));
        solid.Add(loadPaint, 0.03f, Across(to, -w, w, bottom, Height));
        foreach (var x in (ReadOnlySpan<float>)[-w, w])
            solid.Add(loadPaint, 0.03f, Along(x, from, to, bottom, Height));
    }
}

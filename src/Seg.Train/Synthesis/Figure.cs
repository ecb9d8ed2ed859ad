using System.Numerics;
using SkiaSharp;

namespace Seg.Train.Synthesis;

/// <summary>How a person is drawn on a board, feet at its origin.</summary>
internal static class Figure
{
    /// <param name="Height">In metres.</param>
    /// <param name="Girth">About 1.</param>
    /// <param name="Skin">Colour of face and hands.</param>
    /// <param name="Hair">Colour of the hair.</param>
    /// <param name="Shirt">Colour of what covers the body.</param>
    /// <param name="Trousers">Colour of what covers the legs.</param>
    /// <param name="Shoes">Colour of the shoes.</param>
    /// <param name="LongSleeves">Whether the arms are covered.</param>
    /// <param name="Skirt">Whether a skirt is worn.</param>
    /// <param name="Bag">Colour of a bag; none without one.</param>
    public sealed record Look(float Height, float Girth, SKColor Skin, SKColor Hair, SKColor Shirt, SKColor Trousers, SKColor Shoes,
        bool LongSleeves, bool Skirt, SKColor? Bag);

    /// <param name="painter">On a board at the feet.</param>
    /// <param name="look">Size and colours.</param>
    /// <param name="phase">Of the steps, in radians.</param>
    /// <param name="facing">−1 to the left, 1 to the right, 0 along the road.</param>
    /// <param name="moving">Whether the person walks.</param>
    /// <param name="label">Person or rider.</param>
    public static void Draw(ScenePainter painter, Look look, float phase, int facing, bool moving, byte label)
    {
        var light = painter.Light.On(-Vector3.UnitZ);
        SKColor skin = Tint.Times(look.Skin, light), shirt = Tint.Times(look.Shirt, light), trousers = Tint.Times(look.Trousers, light),
            shoes = Tint.Times(look.Shoes, light);
        var (h, g) = (look.Height, look.Girth);
        var swing = moving ? MathF.Sin(phase) : 0.12f;
        // Seen from the side the limbs swing widely; seen from the front they rise and fall.
        var wide = facing == 0 ? 0.05f * h : 0.17f * h;
        float hip = 0.5f * h, shoulder = 0.81f * h, halfShoulder = 0.105f * h * g, halfHip = 0.085f * h * g;
        if (facing != 0)
            (halfShoulder, halfHip) = (halfShoulder * 0.72f, halfHip * 0.85f);

        Arm(painter, -halfShoulder, shoulder, -swing * wide - (facing == 0 ? 0.05f * h : 0), hip, h, g, Tint.Times(shirt, 0.8f), skin,
            look.LongSleeves, label);
        Leg(painter, -halfHip * 0.5f, hip, -swing * wide, h, g, Tint.Times(trousers, 0.82f), shoes, facing, Math.Max(0, swing), label);
        Leg(painter, halfHip * 0.5f, hip, swing * wide, h, g, trousers, shoes, facing, Math.Max(0, -swing), label);
        if (look.Skirt)
            painter.Polygon([new(-halfHip, hip + 0.03f * h), new(halfHip, hip + 0.03f * h), new(halfHip * 1.6f, 0.28f * h),
                new(-halfHip * 1.6f, 0.28f * h)], trousers, label);
        painter.Polygon([new(-halfHip, hip - 0.02f * h), new(halfHip, hip - 0.02f * h), new(halfShoulder, shoulder - 0.03f * h),
            new(halfShoulder * 0.6f, shoulder + 0.025f * h),
            new(-halfShoulder * 0.6f, shoulder + 0.025f * h), new(-halfShoulder, shoulder - 0.03f * h)], shirt, label);
        painter.Polygon([new(0, hip), new(halfHip, hip), new(halfShoulder, shoulder - 0.03f * h), new(halfShoulder * 0.3f, shoulder)],
            Tint.Times(shirt, 0.86f));
        if (look.Bag is { } bag)
            painter.Box(halfHip * 0.9f, hip - 0.07f * h, halfHip * 0.9f + 0.11f * h, hip + 0.1f * h, Tint.Times(bag, light), label);
        Arm(painter, halfShoulder, shoulder, swing * wide + (facing == 0 ? 0.05f * h : 0), hip, h, g, shirt, skin, look.LongSleeves, label);

        painter.Box(-0.025f * h, shoulder, 0.025f * h, shoulder + 0.06f * h, Tint.Times(skin, 0.85f), label);
        painter.Disc(facing * 0.01f * h, 0.925f * h, 0.058f * h, 0.075f * h, skin, label);
        painter.Disc(-facing * 0.012f * h, 0.955f * h, 0.06f * h, 0.05f * h, Tint.Times(look.Hair, light), label);
    }

    private static void Leg(ScenePainter painter, float x, float hip, float reach, float h, float g, SKColor trousers, SKColor shoes,
        int facing, float lift, byte label)
    {
        SKPoint knee = new(x + reach * 0.55f + facing * 0.02f * h, hip * 0.52f), foot = new(x + reach, (0.025f + 0.05f * lift) * h);
        painter.Line([new(x, hip), knee, foot], 0.085f * h * g, trousers, label);
        painter.Line([foot, new(foot.X + (facing == 0 ? 0.012f : 0.05f * facing) * h, foot.Y - 0.004f * h)], 0.05f * h, shoes, label);
    }

    private static void Arm(ScenePainter painter, float x, float shoulder, float reach, float hip, float h, float g, SKColor sleeve,
        SKColor skin, bool longSleeves, byte label)
    {
        SKPoint elbow = new(x * 1.12f + reach * 0.4f, (shoulder + hip) / 2), hand = new(x * 1.05f + reach * 1.1f, hip - 0.02f * h);
        painter.Line([new(x * 0.85f, shoulder - 0.03f * h), elbow, hand], 0.05f * h * g, longSleeves ? sleeve : skin, label);
        if (!longSleeves)
            painter.Line([new(x * 0.85f, shoulder - 0.03f * h), elbow], 0.058f * h * g, sleeve, label);
        painter.Disc(hand.X, hand.Y, 0.025f * h, skin, label);
    }
}

using System.Numerics;
using SkiaSharp;

namespace Seg.Train.Synthesis.Figures;

/// <summary>Paints what is on a head: face, ears, hair or a cap. It is what tells a figure's front from its back.</summary>
internal sealed class HeadPainter(BodyBrush brush, Body body, Dress dress, Func<Vector3, Vector3> toScene)
{
    private static readonly SKColor EyeWhite = new(236, 234, 230), Iris = new(34, 26, 24), Glass = new(24, 24, 30, 90);

    /// <param name="skull">The head's upper part, which is painted already.</param>
    /// <param name="label">The head's id.</param>
    public void Draw(Sphere skull, byte label)
    {
        DrawFace(skull, label);
        DrawHair(skull, label);
        if (dress.Head != Dress.Headwear.LongHair)
            DrawEars(skull, label);
    }

    private void DrawFace(Sphere skull, byte label)
    {
        var hair = brush.Lit(dress.Hair);
        if (dress.Beard)
            Patch(skull, 0, -48, 44, 17, hair);
        foreach (var side in (ReadOnlySpan<float>)[-1, 1])
        {
            Patch(skull, side * 22, 3, 10, 6, EyeWhite);
            Patch(skull, side * 22, 3, 5, 5.5f, Iris);
            Patch(skull, side * 23, 15, 11, 2.4f, Tint.Times(hair, 0.85f));
            if (dress.Glasses)
                Patch(skull, side * 22, 2, 15, 11, Glass);
        }
        Patch(skull, 0, -42, 15, 3.6f, Tint.Times(brush.Lit(dress.Skin), new Vector3(0.74f, 0.48f, 0.46f)));
        if (Faces(skull, 0, 0) > -0.1f)
            brush.Bump([Bead(0, 0.08f, 0.98f, 0.07f), Bead(0, -0.18f, 1.08f, 0.13f)], Tint.Times(brush.Lit(dress.Skin), 0.87f), label);
    }

    private void DrawHair(Sphere skull, byte label)
    {
        var hair = brush.Lit(dress.Hair);
        if (dress.Head == Dress.Headwear.Cap)
        {
            Cap(skull, new Vector3(0, 0.5f, -0.86f), 0.1f, 1.03f, hair, label);
            Cap(skull, new Vector3(0, 0.97f, 0.24f), 0.3f, 1.12f, brush.Lit(dress.Accent), label);
            if (Faces(skull, 0, 20) > -0.35f)
            {
                Sphere[] visor = [Bead(0.45f, 0.42f, 0.95f, 0.08f), Bead(-0.45f, 0.42f, 0.95f, 0.08f), Bead(0, 0.34f, 1.55f, 0.1f)];
                brush.Round(visor, dress.Accent, label);
            }
        }
        else if (dress.Head != Dress.Headwear.Bald)
            Cap(skull, new Vector3(0, 0.62f, -0.785f), -0.17f, 1.08f, hair, label);
    }

    private void DrawEars(Sphere skull, byte label)
    {
        foreach (var side in (ReadOnlySpan<float>)[-1, 1])
        {
            if (Faces(skull, side * 90, 0) > -0.12f)
            {
                Sphere[] ear = [Bead(side * 1.02f, 0.06f, -0.08f, 0.15f), Bead(side * 1.0f, -0.22f, -0.04f, 0.1f)];
                brush.Bump(ear, Tint.Times(brush.Lit(dress.Skin), 0.9f), label);
            }
        }
    }

    /// <summary>Hair or a cap: the part of a sphere a little larger than the skull about an axis of the head.</summary>
    private void Cap(Sphere skull, Vector3 axis, float edge, float size, SKColor color, byte label)
    {
        Sphere outer = skull with { Radius = skull.Radius * size };
        var outline = SphereCap.Outline(outer, Axis(axis), edge, Vector3.Normalize(brush.Eye - skull.Center));
        if (outline.Count >= 3)
            brush.Shaded(color, label, outline.ToArray());
    }

    /// <summary>A spot on the skull: its place in degrees to the left and up from straight ahead, its half sizes in degrees.</summary>
    private void Patch(Sphere skull, float left, float up, float halfWidth, float halfHeight, SKColor color)
    {
        if (Faces(skull, left, up) < 0.1f)
            return;
        var corners = new Vector3[12];
        for (var i = 0; i < corners.Length; i++)
        {
            var (sine, cosine) = MathF.SinCos(i * MathF.Tau / corners.Length);
            corners[i] = skull.Center + skull.Radius * Direction(left + halfWidth * cosine, up + halfHeight * sine);
        }
        brush.Flat(color, corners);
    }

    /// <summary>A small sphere on the head; place and size in radii of the skull.</summary>
    private Sphere Bead(float left, float up, float front, float radius) =>
        new(toScene(body.OnHead(left, up, front)), radius * body.Build.Skull);

    /// <summary>Cosine of the angle under which that direction of the skull is seen.</summary>
    private float Faces(Sphere skull, float left, float up) => brush.Faces(skull.Center, Direction(left, up));

    private Vector3 Direction(float left, float up)
    {
        var (sineLeft, cosineLeft) = MathF.SinCos(left * MathF.PI / 180);
        var (sineUp, cosineUp) = MathF.SinCos(up * MathF.PI / 180);
        return Axis(new(sineLeft * cosineUp, sineUp, cosineLeft * cosineUp));
    }

    /// <summary>A direction of the head in the scene.</summary>
    private Vector3 Axis(Vector3 axis) => Vector3.Normalize(toScene(body.OnHead(axis.X, axis.Y, axis.Z)) - toScene(body.Skull));
}

using System.Numerics;
using SkiaSharp;

namespace Seg.Train.Synthesis.Figures;

/// <summary>Paints the parts of one figure, with what is on the shirt, the face and the hair.</summary>
internal sealed class FigurePainter(BodyBrush brush, Body body, Dress dress, Func<Vector3, Vector3> toScene)
{
    private readonly HeadPainter head = new(brush, body, dress, toScene);

    public void Draw(BodyPart part, byte label)
    {
        brush.Round(part.Spheres, part.Color, label);
        if (part.Cover is { } cover)
            brush.Round(cover.Spheres, cover.Color, label);
        if (part.Kind == BodyPartKind.Chest)
            DrawPrint(part);
        else if (part.Kind == BodyPartKind.Head)
            head.Draw(part.Spheres[0], label);
    }

    private void DrawPrint(BodyPart chest)
    {
        if (dress.Front == Dress.Print.Bands)
            DrawBands(chest);
        var (h, front) = (body.Build.Height, 0.068f * body.Build.Height * body.Build.Girth);
        Vector3 At(float left, float up) => toScene(body.OnChest(left * h, up * h, front * (1 - 24 * left * left)));
        if (brush.Faces(At(0, -0.08f), At(0, -0.08f) - toScene(body.OnChest(0, -0.08f * h, 0))) < 0.15f)
            return;
        var plain = brush.Lit(dress.Accent);
        if (dress.Front == Dress.Print.Zip)
            brush.Flat(plain, At(-0.007f, -0.01f), At(0.007f, -0.01f), At(0.007f, -0.24f), At(-0.007f, -0.24f));
        if (dress.Front == Dress.Print.Badge)
            brush.Flat(plain, At(-0.04f, -0.07f), At(0.04f, -0.07f), At(0.04f, -0.13f), At(-0.04f, -0.13f));
        if (dress.Front != Dress.Print.None)
            brush.Flat(brush.Lit(dress.Skin), At(-0.032f, 0.005f), At(0.032f, 0.005f),
                At(0, dress.Front == Dress.Print.Collar ? -0.075f : -0.03f));
        if (dress.Backpack)
        {
            foreach (var side in (ReadOnlySpan<float>)[-1, 1])
                brush.Flat(plain, At(side * 0.055f, 0), At(side * 0.07f, 0), At(side * 0.078f, -0.16f), At(side * 0.062f, -0.16f));
        }
    }

    /// <summary>Stripes around the chest: across it in the picture, whichever side is seen.</summary>
    private void DrawBands(BodyPart chest)
    {
        var (top, foot) = (brush.Camera.Project(toScene(body.Neck)), brush.Camera.Project(toScene(body.Waist)));
        var down = Vector2.Normalize(new Vector2(foot.X - top.X, foot.Y - top.Y) + new Vector2(0, 0.01f));
        var color = brush.Lit(dress.Accent);
        foreach (var share in (ReadOnlySpan<float>)[0, 0.36f, 0.72f])
        {
            float left = float.MaxValue, right = float.MinValue, row = 0, radius = 0;
            foreach (var (high, low) in chest.Spheres[2..4].Zip(chest.Spheres[4..]))
            {
                var sphere = Sphere.Lerp(high, low, share);
                var (center, reach) = (brush.Camera.Project(sphere.Center), Hull.Radius(brush.Camera, sphere) * 0.98f);
                var along = center.X * down.Y - center.Y * down.X;
                (left, right) = (Math.Min(left, along - reach), Math.Max(right, along + reach));
                (row, radius) = (row + (center.X * down.X + center.Y * down.Y) / 2, reach);
            }
            SKPoint At(float along, float way) => new(along * down.Y + way * down.X, way * down.Y - along * down.X);
            brush.Flat(color, [At(left, row), At(right, row), At(right, row + 0.3f * radius), At(left, row + 0.3f * radius)]);
        }
    }
}

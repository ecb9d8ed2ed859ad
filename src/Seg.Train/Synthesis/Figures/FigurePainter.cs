using System.Numerics;
using SkiaSharp;

namespace Seg.Train.Synthesis.Figures;

/// <summary>Paints the parts of one figure, each shaded as a round thing, with face, hair and prints.</summary>
internal sealed class FigurePainter(ScenePainter painter, Body body, Dress dress, Func<Vector3, Vector3> toScene)
{
    private readonly Camera camera = painter.Camera;
    private readonly Vector3 eye = new(painter.Camera.X, painter.Camera.Height, painter.Camera.Z);
    private readonly Vector3 bright = painter.Light.Ambient + painter.Light.Sun * 0.85f, dark = painter.Light.Ambient * 0.74f;

    public void Draw(BodyPart part, byte label)
    {
        Solid(part.Spheres, part.Color, label);
        if (part.Cover is { } cover)
            Solid(cover.Spheres, cover.Color, label);
        if (part.Kind == BodyPartKind.Chest)
            DrawPrint(part);
        else if (part.Kind == BodyPartKind.Head)
            DrawHead(part.Spheres[0], label);
    }

    private void Solid(Sphere[] spheres, SKColor color, byte? label)
    {
        var outline = Hull.Of(camera, spheres).ToArray();
        var (first, last) = (camera.Project(spheres[0].Center), camera.Project(spheres[^1].Center));
        // Light falls across a limb, whichever way that points.
        Vector2 along = new(last.X - first.X, last.Y - first.Y), toSun = new(painter.Light.ToSun.X, -painter.Light.ToSun.Y);
        var across = along.Length() > 1 ? new Vector2(-along.Y, along.X) / along.Length() : Vector2.Normalize(toSun);
        across *= Vector2.Dot(across, toSun) < 0 ? -1 : 1;
        var radius = spheres.Average(sphere => Hull.Radius(camera, sphere)) * (spheres.Length > 3 ? 1.8f : 1);
        Vector2 middle = new((first.X + last.X) / 2, (first.Y + last.Y) / 2);
        if (spheres.Length > 3)
            middle = new(outline.Average(point => point.X), outline.Average(point => point.Y));
        var (from, to) = (middle - across * radius, middle + across * radius);
        painter.Contour(outline, 1.2f, Hazed(Tint.Times(color, dark * 0.6f)).WithAlpha(110));
        painter.Shape(outline, new(from.X, from.Y), Hazed(Tint.Times(color, dark)), new(to.X, to.Y), Hazed(Tint.Times(color, bright)),
            label);
    }

    private void DrawPrint(BodyPart chest)
    {
        if (dress.Front == Dress.Print.Bands)
            DrawBands(chest);
        var (h, front) = (body.Build.Height, 0.068f * body.Build.Height * body.Build.Girth);
        Vector3 At(float left, float up) => toScene(body.OnChest(left * h, up * h, front * (1 - 24 * left * left)));
        if (Faces(At(0, -0.08f), At(0, -0.08f) - toScene(body.OnChest(0, -0.08f * h, 0))) < 0.15f)
            return;
        var plain = Lit(dress.Accent);
        if (dress.Front == Dress.Print.Zip)
            Shape(plain, At(-0.007f, -0.01f), At(0.007f, -0.01f), At(0.007f, -0.24f), At(-0.007f, -0.24f));
        if (dress.Front == Dress.Print.Badge)
            Shape(plain, At(-0.04f, -0.07f), At(0.04f, -0.07f), At(0.04f, -0.13f), At(-0.04f, -0.13f));
        if (dress.Front != Dress.Print.None)
            Shape(Lit(dress.Skin), At(-0.032f, 0.005f), At(0.032f, 0.005f), At(0, dress.Front == Dress.Print.Collar ? -0.075f : -0.03f));
        if (dress.Backpack)
        {
            foreach (var side in (ReadOnlySpan<float>)[-1, 1])
                Shape(plain, At(side * 0.055f, 0), At(side * 0.07f, 0), At(side * 0.078f, -0.16f), At(side * 0.062f, -0.16f));
        }
    }

    /// <summary>Stripes around the chest: across it in the picture, whichever side is seen.</summary>
    private void DrawBands(BodyPart chest)
    {
        var (top, foot) = (camera.Project(toScene(body.Neck)), camera.Project(toScene(body.Waist)));
        var down = Vector2.Normalize(new Vector2(foot.X - top.X, foot.Y - top.Y) + new Vector2(0, 0.01f));
        var color = Lit(dress.Accent);
        foreach (var share in (ReadOnlySpan<float>)[0, 0.36f, 0.72f])
        {
            float left = float.MaxValue, right = float.MinValue, row = 0, radius = 0;
            foreach (var (high, low) in chest.Spheres[2..4].Zip(chest.Spheres[4..]))
            {
                var sphere = Sphere.Lerp(high, low, share);
                var (center, reach) = (camera.Project(sphere.Center), Hull.Radius(camera, sphere) * 0.98f);
                var along = center.X * down.Y - center.Y * down.X;
                (left, right) = (Math.Min(left, along - reach), Math.Max(right, along + reach));
                (row, radius) = (row + (center.X * down.X + center.Y * down.Y) / 2, reach);
            }
            SKPoint At(float along, float way) => new(along * down.Y + way * down.X, way * down.Y - along * down.X);
            painter.Shape([At(left, row), At(right, row), At(right, row + 0.3f * radius), At(left, row + 0.3f * radius)], color);
        }
    }

    private void DrawHead(Sphere skull, byte label)
    {
        var hair = Lit(dress.Hair);
        if (dress.Beard)
            Patch(skull, 0, -48, 44, 17, hair);
        foreach (var side in (ReadOnlySpan<float>)[-1, 1])
        {
            Patch(skull, side * 22, 3, 10, 6, new SKColor(236, 234, 230));
            Patch(skull, side * 22, 3, 5, 5.5f, new SKColor(34, 26, 24));
            Patch(skull, side * 23, 15, 11, 2.4f, Tint.Times(hair, 0.85f));
            if (dress.Glasses)
                Patch(skull, side * 22, 2, 15, 11, new SKColor(24, 24, 30, 90));
        }
        Patch(skull, 0, -42, 15, 3.6f, Tint.Times(Lit(dress.Skin), new Vector3(0.74f, 0.48f, 0.46f)));
        var toEye = Vector3.Normalize(eye - skull.Center);
        if (Vector3.Dot(Direction(0, 0), toEye) > -0.1f)
            painter.Shape(Hull.Of(camera, [Bead(0, 0.08f, 0.98f, 0.07f), Bead(0, -0.18f, 1.08f, 0.13f)]).ToArray(),
                Tint.Times(Lit(dress.Skin), 0.87f), label);

        var ears = dress.Head is not Dress.Headwear.LongHair;
        if (dress.Head == Dress.Headwear.Cap)
        {
            Cap(skull, new Vector3(0, 0.5f, -0.86f), 0.1f, 1.03f, hair, label);
            Cap(skull, new Vector3(0, 0.97f, 0.24f), 0.3f, 1.12f, Lit(dress.Accent), label);
            if (Vector3.Dot(Direction(0, 20), toEye) > -0.35f)
                Solid([Bead(0.45f, 0.42f, 0.95f, 0.08f), Bead(-0.45f, 0.42f, 0.95f, 0.08f), Bead(0, 0.34f, 1.55f, 0.1f)], dress.Accent,
                    label);
        }
        else if (dress.Head != Dress.Headwear.Bald)
            Cap(skull, new Vector3(0, 0.62f, -0.785f), -0.17f, 1.08f, hair, label);
        for (var side = -1; ears && side <= 1; side += 2)
        {
            if (Vector3.Dot(Direction(side * 90, 0), toEye) > -0.12f)
                painter.Shape(Hull.Of(camera, [Bead(side * 1.02f, 0.06f, -0.08f, 0.15f),
                    Bead(side * 1.0f, -0.22f, -0.04f, 0.1f)]).ToArray(), Tint.Times(Lit(dress.Skin), 0.9f), label);
        }
    }

    /// <summary>Hair or a cap.</summary>
    private void Cap(Sphere skull, Vector3 axis, float edge, float size, SKColor color, byte label)
    {
        var outline = SphereCap.Outline(skull with { Radius = skull.Radius * size }, Axis(axis), edge,
            Vector3.Normalize(eye - skull.Center));
        if (outline.Count < 3)
            return;
        var corners = Projected([.. outline]);
        var (top, foot) = (corners.MinBy(corner => corner.Y), corners.MaxBy(corner => corner.Y));
        painter.Shape(corners, top, Tint.Times(color, 1.12f), foot, Tint.Times(color, 0.8f), label);
    }

    /// <summary>A spot on the skull: its place in degrees to the left and up from straight ahead, its half sizes in degrees.</summary>
    private void Patch(Sphere skull, float left, float up, float halfWidth, float halfHeight, SKColor color)
    {
        if (Vector3.Dot(Direction(left, up), Vector3.Normalize(eye - skull.Center)) < 0.1f)
            return;
        var corners = new Vector3[12];
        for (var i = 0; i < corners.Length; i++)
        {
            var (sine, cosine) = MathF.SinCos(i * MathF.Tau / corners.Length);
            corners[i] = skull.Center + skull.Radius * Direction(left + halfWidth * cosine, up + halfHeight * sine);
        }
        painter.Shape(Projected(corners), color);
    }

    private void Shape(SKColor color, params ReadOnlySpan<Vector3> corners) => painter.Shape(Projected(corners), color);

    private Sphere Bead(float left, float up, float front, float radius) =>
        new(toScene(body.OnHead(left, up, front)), radius * body.Build.Skull);

    private Vector3 Direction(float left, float up)
    {
        var (sineLeft, cosineLeft) = MathF.SinCos(left * MathF.PI / 180);
        var (sineUp, cosineUp) = MathF.SinCos(up * MathF.PI / 180);
        return Axis(new(sineLeft * cosineUp, sineUp, cosineLeft * cosineUp));
    }

    /// <summary>A direction of the head in the scene.</summary>
    private Vector3 Axis(Vector3 axis) => Vector3.Normalize(toScene(body.OnHead(axis.X, axis.Y, axis.Z)) - toScene(body.Skull));

    /// <summary>Cosine of the angle under which a surface is seen.</summary>
    private float Faces(Vector3 place, Vector3 normal) => Vector3.Dot(Vector3.Normalize(normal), Vector3.Normalize(eye - place));

    private SKPoint[] Projected(ReadOnlySpan<Vector3> corners)
    {
        var points = new SKPoint[corners.Length];
        for (var i = 0; i < points.Length; i++)
            points[i] = camera.Project(corners[i]);
        return points;
    }

    private SKColor Lit(SKColor color) => Hazed(Tint.Times(color, (bright + dark) / 2));

    private SKColor Hazed(SKColor color) => painter.Hazed(color, camera.Depth(toScene(body.Waist).Z));
}
